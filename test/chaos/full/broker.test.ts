import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import { scenarios } from '../harness/scenario.js';
import { Traffic } from '../harness/traffic.js';

/**
 * In milliseconds; the longest that anything waits before it tries again is five seconds.
 */
const longerThanAnyRetry = 8_000;

describe('the broker is away', () => {
  const scenario = scenarios({ heartbeatSeconds: 2 });

  scenario(
    'for longer than any retry waits: work goes on, and everything is told when it is back',
    {
      done: 'the broker SIGKILLed and down for longer than any retry waits, under load',
      play: async ({ world, ledger }) => {
        const traffic = new Traffic(ledger);
        await traffic.goesOn(20);
        await world.broker.kill();
        await sleep(longerThanAnyRetry);
        await traffic.goesOn(40);
        await traffic.stop();
        expect(ledger.doubtful).toBe(0);
        await world.broker.start();
      },
    },
  );

  scenario('SIGKILLed while events are published: each is told', {
    done: 'the broker SIGKILLed twice while events were published',
    play: async ({ world, ledger }) => {
      const traffic = new Traffic(ledger);
      for (let kills = 0; kills < 2; kills += 1) {
        await traffic.goesOn(40);
        await world.broker.kill();
        await traffic.goesOn(10);
        await world.broker.start();
      }
      await traffic.goesOn(40);
      await traffic.stop();
      expect(ledger.doubtful).toBe(0);
    },
  });

  scenario(
    'silent, as behind a cable that was pulled: the connections are given up, and everything is told over new ones',
    {
      done: 'every connection to the broker black-holed under load',
      play: async ({ world, ledger }) => {
        const lines = [...world.tickets, ...world.credentials].map(
          (replica) => replica.lines.broker,
        );
        const traffic = new Traffic(ledger);
        await traffic.goesOn(20);
        for (const line of lines) line.freeze();
        await traffic.goesOn(40);
        for (const line of lines) line.restore();
        await traffic.goesOn(40);
        await traffic.stop();
        expect(ledger.doubtful).toBe(0);
      },
    },
  );
});
