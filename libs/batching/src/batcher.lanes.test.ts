import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

class Poisoned extends Error {}
class Outage extends Error {}

describe('a deferred command', () => {
  it('that is tried by itself is not tried after a final failure of another one', async () => {
    const tried: number[] = [];
    const batcher = new Batcher<number, number>({
      laneOf: () => 'a',
      isFinal: (error) => error instanceof Outage,
      runBatch: () => Promise.reject(new Poisoned()),
      runLane: ([first = 0, ...more]) => {
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

  it('waits while as many lanes are running as may run at the same time', async () => {
    let [running, most] = [0, 0];
    const batcher = new Batcher<number, number>({
      laneOf: String,
      isFinal: () => false,
      maxLanes: 2,
      runBatch: (commands) => Promise.resolve(commands.map(() => 'deferred')),
      runLane: async (commands) => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        return commands.map((done) => ({ done }));
      },
    });
    const numbers = [1, 2, 3, 4, 5];
    expect(await Promise.all(numbers.map((number) => batcher.add(number)))).toEqual(numbers);
    expect(most).toBe(2);
  });
});
