export {
  decodeCursor,
  decodePlace,
  encodeCursor,
  type Page,
  type Place,
  readLimit,
  toPage,
} from './paging.js';
