import { type Product } from '../harness/product.js';

export const node: Product = {
  name: 'Node.js',
  scheme: 'https',
  caches: false,
  command: (snippets, { here }, write) => ({
    program: process.execPath,
    args: [write('proxy.mjs', here(snippets.block('js')))],
  }),
};
