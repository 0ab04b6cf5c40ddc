import { describe, expect } from '@jest/globals';
import { scenarios } from '../harness/scenario.js';
import { Traffic } from '../harness/traffic.js';

describe('a new release', () => {
  const scenario = scenarios({ replicas: 2 });

  scenario(
    'rolled out one process after the other under load: who is not served is told to try again',
    {
      done: 'every process of two replicas each restarted in turn, under load',
      timeout: 300_000,
      play: async ({ world, ledger }) => {
        const traffic = new Traffic(ledger);
        await traffic.goesOn(40);
        for (const replica of [...world.credentials, ...world.tickets, ...world.gateways]) {
          expect(await replica.stop()).toBe(0);
          await traffic.goesOn(20);
          await replica.start();
          await traffic.goesOn(20);
        }
        await traffic.stop();
        expect(ledger.unclear).toEqual([]);
      },
    },
  );
});
