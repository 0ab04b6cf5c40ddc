import { expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';

it('a pause is twice the one before, up to the longest, and the first one again after a success', () => {
  const backoff = new Backoff(100, 500);
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([
    100, 200, 400, 500,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

it('a pause is the longest however long the outage is', () => {
  const backoff = new Backoff(100, 5_000);
  for (let attempts = 0; attempts < 5_000; attempts++) backoff.next();
  expect(backoff.next()).toBe(5_000);
});
