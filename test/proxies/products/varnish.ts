import { type Product } from '../harness/product.js';

/** VCL of the same name is run one after the other. */
const ordinary = `
sub vcl_backend_response {
    set beresp.do_gzip = true;
}
`;

export const varnish: Product = {
  name: 'Varnish',
  scheme: 'http',
  caches: true,
  command: (snippets, { folder, localize }, write) => {
    const [program = '', ...args] = localize(snippets.block('sh')).trim().split(' ');
    const vcl = write('default.vcl', localize(snippets.block('vcl')) + ordinary);
    const own = args.map((argument) => (argument === '/etc/varnish/default.vcl' ? vcl : argument));
    return { program, args: ['-n', `${folder}/work`, ...own] };
  },
};
