import { describe, expect, it } from '@jest/globals';
import { readIfMatch } from './entity-tag.js';

describe('If-Match', () => {
  it.each([['"2"'], [' "2" '], ['"1", "2"'], ['"1","2"'], ['*'], [' * ']])('%j matches version 2', (header) => {
    expect(readIfMatch(header)?.(2)).toBe(true);
  });

  it.each([['"1"'], ['2'], ['W/"2"'], ['"22"'], ['x"2"'], ['"1", *'], ['']])('%j matches it not', (header) => {
    expect(readIfMatch(header)?.(2)).toBe(false);
  });

  it('decides nothing where it is missing', () => {
    expect(readIfMatch(undefined)).toBeUndefined();
  });
});
