import { type Product } from '../harness/product.js';

export const node: Product = {
  name: 'Node.js',
  scheme: 'https',
  caches: false,
  command: (snippets, { localize }, write) => ({
    program: process.execPath,
    args: [write('proxy.mjs', localize(snippets.block('js')))],
  }),
};
