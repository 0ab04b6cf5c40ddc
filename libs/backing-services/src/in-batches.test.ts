import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { DatabaseSilentError, longestSilence } from '#postgres';
import { inBatches } from './in-batches.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
});

it('a database that goes silent fails the commands that wait for it as an outage, and no later ones', async () => {
  let isSilent = true;
  const doubled = inBatches((numbers: readonly number[]) =>
    isSilent
      ? new Promise<number[]>(() => undefined)
      : Promise.resolve(numbers.map((number) => 2 * number)),
  );
  const waiting = Promise.allSettled([doubled.add(1), doubled.add(2)]);
  await new Promise(setImmediate);
  isSilent = false;
  const later = doubled.add(3);
  await jest.advanceTimersByTimeAsync(longestSilence);
  for (const outcome of await waiting)
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseSilentError) });
  await expect(later).resolves.toBe(6);
});
