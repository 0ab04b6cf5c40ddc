import { describe, expect } from '@jest/globals';
import { queues } from '#contracts';
import { OwnCluster } from '../harness/cluster.js';
import { scenariosOn } from '../harness/scenario.js';
import { Traffic } from '../harness/traffic.js';

/**
 * What stands before the nodes, and here leads every new connection to a living
 * one, would be a load balancer.
 */
describe('a cluster of three brokers', () => {
  const scenario = scenariosOn((...place) => OwnCluster.start(...place));

  scenario(
    'whose node that leads the queue is killed under load: nothing is lost, and nobody is refused',
    {
      done: 'three brokers, the leader of the queue SIGKILLed under load, twice',
      timeout: 300_000,
      play: async ({ world, ledger }) => {
        const traffic = new Traffic(ledger);
        for (let kills = 0; kills < 2; kills += 1) {
          await traffic.goesOn(40);
          const startAgain = await world.broker.killLeader(queues.credentialsTicketEvents);
          world.followBroker();
          await traffic.goesOn(40);
          await startAgain();
        }
        await traffic.goesOn(40);
        await traffic.stop();
        expect(ledger.doubtful).toBe(0);
      },
    },
  );
});
