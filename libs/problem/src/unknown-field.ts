import { type FieldFault } from './problem.js';

const namable = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * The fault of a field that nobody knows. A misplaced secret may stand where a name
 * should, so only text that looks like a name is repeated.
 * @param prefix of pointers
 */
export const unknownField = (name: string, prefix: string): FieldFault => ({
  pointer: namable.test(name) ? `${prefix}${name}` : '',
  code: 'unknown',
  detail: 'is not a known field',
});
