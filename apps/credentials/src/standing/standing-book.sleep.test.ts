import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StandingBook } from './standing-book.js';

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

/** A book that remembers an answer. */
async function openBook() {
  const book = new StandingBook(source, () => Promise.resolve(new Map()), leaseMs);
  const answer = (await book.ask('T'))!;
  expect([book.remembered('T'), book.isStale(answer)]).toEqual([answer, false]);
  return { book, answer };
}

describe('the lease of an answer', () => {
  it('is over after a sleep, in which the monotonic clock stood still', async () => {
    const { book, answer } = await openBook();
    setClock(leaseMs);
    expect([book.remembered('T'), book.isStale(answer)]).toEqual([undefined, true]);
  });

  it('is not longer where the time of day is set back', async () => {
    const { book, answer } = await openBook();
    setClock(-leaseMs);
    const monotonic = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic + leaseMs);
    expect([book.remembered('T'), book.isStale(answer)]).toEqual([undefined, true]);
  });
});
