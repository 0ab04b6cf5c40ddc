import { describe, expect, it } from '@jest/globals';
import { noLog, withNewest, withOlder } from './log-pages.js';

const page = (word: string, numbers: readonly number[], nextCursor: string | null) => ({
  items: numbers.map((seq) => ({ seq, word })),
  nextCursor,
});
const known = page('old', [5, 4, 3], 'before 3');

describe('an access log', () => {
  it('grows at its beginning, and keeps what was paged to', () => {
    expect(withNewest(known, page('new', [6, 5], 'before 5'))).toEqual({
      items: [{ seq: 6, word: 'new' }, { seq: 5, word: 'new' }, ...known.items.slice(1)],
      nextCursor: 'before 3',
    });
  });

  it('begins anew where entries between might be missing', () => {
    const newest = page('new', [9, 8], 'before 8');
    expect(withNewest(known, newest)).toBe(newest);
    expect(withNewest(noLog, newest)).toBe(newest);
  });

  it('grows at its end', () => {
    expect(withOlder(known, page('old', [2, 1], null))).toEqual(page('old', [5, 4, 3, 2, 1], null));
  });
});
