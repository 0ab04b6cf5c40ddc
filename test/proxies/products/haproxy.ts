import { type Product } from '../harness/product.js';

const compressed =
  'text/html text/css text/javascript text/event-stream ' +
  'application/json application/problem+json';

/**
 * One file has everything, so that what is ordinary has to be written between its lines.
 */
const ordinary = `
    filter cache ordinary
    filter compression
    http-request cache-use ordinary
    http-response cache-store ordinary
    compression algo gzip
    compression type ${compressed}

cache ordinary
    total-max-size 4
    max-object-size 1000000
    max-age 600
    process-vary on
`;

export const haproxy: Product = {
  name: 'HAProxy',
  scheme: 'https',
  caches: true,
  command: (snippets, { localize }, write) => ({
    program: 'haproxy',
    args: ['-db', '-f', write('haproxy.cfg', localize(snippets.block('haproxy')) + ordinary)],
  }),
};
