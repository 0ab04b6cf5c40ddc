import { type Product } from '../harness/product.js';

export const lighttpd: Product = {
  name: 'lighttpd',
  scheme: 'https',
  caches: false,
  command: (snippets, { folder, localize }, write) => {
    const site = write('90-desk.conf', localize(snippets.block('lighttpd')));
    const around = `
      server.modules = ( "mod_deflate" )
      server.document-root = "${folder}"
      server.upload-dirs = ( "${folder}" )
      server.errorlog = "${folder}/error.log"
      server.bind = "127.0.0.1"
      server.port = 0
      deflate.mimetypes = ( "" )
      deflate.allowed-encodings = ( "gzip" )
      include "${site}"`;
    return { program: 'lighttpd', args: ['-D', '-f', write('lighttpd.conf', around)] };
  },
};
