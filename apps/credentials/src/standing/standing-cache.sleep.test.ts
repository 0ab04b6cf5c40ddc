import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StandingCache } from './standing-cache.js';

const leaseMs = 60_000;
const source = {
  standings: () =>
    Promise.resolve({
      items: [
        {
          ticketId: 'T',
          status: 'open',
          version: 1,
          phase: 0,
          requesterId: 'ann',
          assigneeId: 'bob',
          home: '/tickets',
        } as const,
      ],
      unknown: [],
    }),
};
const timeOfDay = Date.now.bind(Date);
const setClock = (ms: number) => jest.spyOn(Date, 'now').mockImplementation(() => timeOfDay() + ms);
afterEach(() => {
  jest.restoreAllMocks();
});

/** A cache that remembers an answer. */
async function openCache() {
  const standings = new StandingCache(source, () => Promise.resolve(new Map()), leaseMs);
  const answer = (await standings.fetch('T'))!;
  expect([standings.cached('T'), standings.isStale(answer)]).toEqual([answer, false]);
  return { standings, answer };
}

describe('the lease of an answer', () => {
  it('is over after a sleep, in which the monotonic clock stood still', async () => {
    const { standings, answer } = await openCache();
    setClock(leaseMs);
    expect([standings.cached('T'), standings.isStale(answer)]).toEqual([undefined, true]);
  });

  it('is not longer where the time of day is set back', async () => {
    const { standings, answer } = await openCache();
    setClock(-leaseMs);
    const monotonic = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic + leaseMs);
    expect([standings.cached('T'), standings.isStale(answer)]).toEqual([undefined, true]);
  });
});
