export {
  decodeCursor,
  decodePosition,
  encodeCursor,
  type Page,
  type PagePosition,
  readLimit,
  toPage,
} from './paging.js';
