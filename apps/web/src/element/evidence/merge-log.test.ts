import { expect, it } from '@jest/globals';
import { mergeLog } from './merge-log.js';

it('two stretches of the log are one, newest first, and the later word counts', () => {
  const merged = mergeLog(
    [
      { seq: 2, at: 'old' },
      { seq: 1, at: 'old' },
    ],
    [
      { seq: 3, at: 'new' },
      { seq: 2, at: 'new' },
    ],
  );
  expect(merged).toEqual([
    { seq: 3, at: 'new' },
    { seq: 2, at: 'new' },
    { seq: 1, at: 'old' },
  ]);
});
