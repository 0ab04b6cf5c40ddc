import { type Product } from '../harness/product.js';

export const caddy: Product = {
  name: 'Caddy',
  scheme: 'https',
  caches: false,
  command: (snippets, { folder, port, localize }, write) => {
    const ordinary = `{
	admin off
	auto_https disable_redirects
	https_port ${port}
	servers {
		protocols h1 h2
	}
}
`;
    const files = localize('/etc/ssl/desk.example/certificate.pem /etc/ssl/desk.example/key.pem');
    const site = localize(snippets.block('caddyfile')).replace(
      '{\n',
      `{\n\tencode gzip\n\ttls ${files}\n`,
    );
    return {
      program: 'caddy',
      args: ['run', '--adapter', 'caddyfile', '--config', write('Caddyfile', ordinary + site)],
      env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    };
  },
};
