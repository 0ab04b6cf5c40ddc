export { decodeCursor, encodeCursor, type Page, readLimit, toPage } from './paging.js';
