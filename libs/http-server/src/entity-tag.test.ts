import { describe, expect, it } from '@jest/globals';
import { readIfMatch } from './entity-tag.js';

describe('If-Match', () => {
  it.each([['"2"'], [' "2" '], ['"1", "2"'], ['"1","2"'], ['*'], [' * ']])(
    '%j matches version 2',
    (header) => {
      expect(readIfMatch(header)?.(2)).toBe(true);
    },
  );

  it.each([
    ['"1"'],
    ['2'],
    ['"22"'],
    ['"22-gzip"'],
    ['"2-3"'],
    ['"2-"'],
    ['"2 gzip"'],
    ['"02"'],
    ['w/"2"'],
    ['W/2'],
    ['"2-gzip'],
    ['x"2"'],
    ['"1", *'],
    [''],
  ])('%j does not match version 2', (header) => {
    expect(readIfMatch(header)?.(2)).toBe(false);
  });

  it.each([
    ['nginx, HAProxy and Varnish', 'W/"2"'],
    ['Apache, Caddy and lighttpd', '"2-gzip"'],
    ['the same, with Brotli', '"2-br"'],
    ['Jetty', '"2--gzip"'],
    ['two of them', 'W/"2-gzip"'],
    ['a semicolon', '"2;gzip"'],
    ['LiteSpeed', '"2;gz;"'],
    ['a list', '"1-gzip", W/"2-zstd"'],
  ])('matches version 2 as %s would tag it: %s', (_proxy, header) => {
    expect([1.5, 2, 22].map((version) => readIfMatch(header)?.(version))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('decides nothing where it is missing', () => {
    expect(readIfMatch(undefined)).toBeUndefined();
  });
});
