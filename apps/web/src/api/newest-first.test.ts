import { describe, expect, it } from '@jest/globals';
import { newestFirst, noPage } from './newest-first.js';

interface Item {
  readonly key: string | number;
  readonly word: string;
}

describe.each([
  ['numbers', (key: number) => key],
  ['ids', (key: number) => `id-${key}`],
])('a list by %s, newest first', (_, keyOf) => {
  const { withNewest, withOlder } = newestFirst(({ key }: Item) => key);
  const page = (word: string, keys: readonly number[], nextCursor: string | null) => ({
    items: keys.map((key) => ({ key: keyOf(key), word })),
    nextCursor,
  });
  const known = page('old', [5, 4, 3], 'before 3');

  it('a newest page that overlaps the list joins it, and older items stay', () => {
    expect(withNewest(known, page('new', [6, 5], 'before 5'))).toEqual({
      items: [...page('new', [6, 5], null).items, ...known.items.slice(1)],
      nextCursor: 'before 3',
    });
  });

  it('a newest page without an overlap replaces the list', () => {
    const newest = page('new', [9, 8], 'before 8');
    expect(withNewest(known, newest)).toBe(newest);
    expect(withNewest(noPage, newest)).toBe(newest);
  });

  it('an older page is appended to the list', () => {
    expect(withOlder(known, page('old', [2, 1], null))).toEqual(page('old', [5, 4, 3, 2, 1], null));
  });
});
