import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, readLimit, toPage } from './paging.js';

describe('a cursor', () => {
  it('comes back as it was', () => {
    expect(decodeCursor(encodeCursor([1_700_000_000_000, 'ä']), ['time', 'string'])).toEqual([
      1_700_000_000_000,
      'ä',
    ]);
    expect(decodeCursor(undefined, ['string'])).toBeUndefined();
  });

  it.each([
    ['integer', 0, true],
    ['integer', 2 ** 31 - 1, true],
    ['integer', 2 ** 31, false],
    ['integer', -1, false],
    ['integer', 1.5, false],
    ['uuid', '01a20a17-87a6-725b-b3a1-e8fbdf64e533', true],
    ['uuid', 'x', false],
  ] as const)('takes for an %s what the database takes for one: %j %s', (part, value, fits) => {
    const decode = () => decodeCursor(encodeCursor([value]), [part]);
    if (fits) expect(decode()).toEqual([value]);
    else expect(decode).toThrow(/^invalid/);
  });

  it.each([
    '',
    'x',
    '!!',
    encodeCursor(['1', 'a']),
    encodeCursor([1]),
    encodeCursor([-1, 'a']),
    encodeCursor([1e15, 'a']),
    encodeCursor([1, '\0']),
    ['a', 'b'],
    5,
  ])('that is none of ours is invalid: %j', (cursor) => {
    expect(() => decodeCursor(cursor, ['time', 'string'])).toThrow(/^invalid/);
  });
});

describe('a limit', () => {
  it.each([
    ['1', 1],
    ['100', 100],
    [undefined, 20],
  ] as const)('of %s is read as %s', (text, limit) => {
    expect(readLimit(text)).toBe(limit);
  });

  it.each(['0', '101', '-1', '1.5', '', 'ten', '1e2', ['1']])('of %j is invalid', (text) => {
    expect(() => readLimit(text)).toThrow(/^invalid/);
  });
});

describe('a page', () => {
  it('has a cursor exactly when there is more', () => {
    const item = (n: number) => n;
    const key = (n: number) => [n];
    expect(toPage([3, 2, 1], 2, key, item)).toEqual({
      items: [3, 2],
      nextCursor: encodeCursor([2]),
    });
    expect(toPage([3, 2], 2, key, item)).toEqual({ items: [3, 2], nextCursor: null });
    expect(toPage([], 2, key, item)).toEqual({ items: [], nextCursor: null });
  });
});
