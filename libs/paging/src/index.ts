export {
  decodeCursor,
  decodePosition,
  type Page,
  type PagePosition,
  readLimit,
  toPage,
} from './paging.js';
