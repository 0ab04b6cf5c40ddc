import { describe, expect, it } from '@jest/globals';
import { decodeCursor, readLimit, toPage } from './paging.js';

/** As it stands in a page that ends there. */
const cursorOf = (key: readonly (string | number)[]) =>
  toPage([key, key], 1, (row) => row, String).nextCursor;

describe('a cursor', () => {
  it('comes back as it was', () => {
    expect(decodeCursor(cursorOf([1_700_000_000_000, 'ä']), ['time', 'string'])).toEqual([
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
    const decode = () => decodeCursor(cursorOf([value]), [part]);
    if (fits) expect(decode()).toEqual([value]);
    else expect(decode).toThrow(/^invalid/);
  });

  it.each([
    '',
    'x',
    '!!',
    cursorOf(['1', 'a']),
    cursorOf([1]),
    cursorOf([-1, 'a']),
    cursorOf([1e15, 'a']),
    cursorOf([1, '\0']),
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
    const { items, nextCursor } = toPage([3, 2, 1], 2, key, item);
    expect(items).toEqual([3, 2]);
    expect(decodeCursor(nextCursor, ['integer'])).toEqual([2]);
    expect(toPage([3, 2], 2, key, item)).toEqual({ items: [3, 2], nextCursor: null });
    expect(toPage([], 2, key, item)).toEqual({ items: [], nextCursor: null });
  });
});
