import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

class Poisoned extends Error {}
class Outage extends Error {}

describe('what has left its batch', () => {
  it('and is tried command by command ends with the first failure that concerns all', async () => {
    const tried: number[] = [];
    const batcher = new Batcher<number, number>({
      laneOf: () => 'a',
      isFinal: (error) => error instanceof Outage,
      together: () => Promise.reject(new Poisoned()),
      alone: ([first = 0, ...more]) => {
        if (more.length > 0) return Promise.reject(new Poisoned());
        tried.push(first);
        return Promise.reject(new Outage());
      },
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((number) => batcher.add(number)));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Outage) });
    expect(tried).toEqual([1]);
  });

  it('waits in no more lanes at a time than it may', async () => {
    let [waiting, most] = [0, 0];
    const batcher = new Batcher<number, number>({
      laneOf: String,
      isFinal: () => false,
      maxLanes: 2,
      together: (commands) => Promise.resolve(commands.map(() => 'apart')),
      alone: async (commands) => {
        waiting += 1;
        most = Math.max(most, waiting);
        await turn();
        waiting -= 1;
        return commands.map((done) => ({ done }));
      },
    });
    const numbers = [1, 2, 3, 4, 5];
    expect(await Promise.all(numbers.map((number) => batcher.add(number)))).toEqual(numbers);
    expect(most).toBe(2);
  });
});
