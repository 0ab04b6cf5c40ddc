import { expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';

it('a pause doubles up to its limit, jitter halves it at most, and a success starts over', () => {
  const longest = new Backoff(100, 500, () => 1);
  expect([1, 2, 3, 4, 5].map(() => longest.next())).toEqual([100, 200, 400, 500, 500]);
  longest.reset();
  expect(longest.next()).toBe(100);
  expect(new Backoff(100, 500, () => 0).next()).toBe(50);
});
