import { expect, it } from '@jest/globals';
import { maxStandingsAsked } from '#contracts';
import { StandingCache } from './standing-cache.js';

it('questions that are asked at the same moment, each in a turn of its own, are sent together, in requests of a bounded size', async () => {
  const sizes: number[] = [];
  const source = {
    standings: (unknown: readonly string[]) => {
      sizes.push(unknown.length);
      return Promise.resolve({ items: [], unknown });
    },
  };
  const standings = new StandingCache(source, () => Promise.resolve(new Map()), 0);
  const answers: Promise<unknown>[] = [];
  for (let ticket = 0; ticket <= maxStandingsAsked; ticket += 1) {
    for (const id of ['T-0', `T-${ticket}`]) answers.push(standings.fetch(id));
    await new Promise<void>((resolve) => {
      process.nextTick(resolve);
    });
  }
  await Promise.all(answers);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(maxStandingsAsked);
  expect(sizes.length).toBeLessThanOrEqual(3);
});
