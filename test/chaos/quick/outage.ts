import { describe, expect } from '@jest/globals';
import { exchanges, queues, ticketEventTypes } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { type AddScenario } from '../harness/scenario.js';
import { type OwnBroker } from '../harness/broker.js';

const queue = queues.credentialsTicketEvents;

export const outageScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('a server that is away, or is not as it should be', () => {
    scenario(
      'the database of credentials, in mid-destruction: consuming waits for it, and no delivery is burnt',
      {
        done: 'SIGKILL of the credentials database in mid-destruction, more ends meanwhile',
        play: async ({ world, ledger }) => {
          const { credentials } = world.databases;
          const tickets = [
            await ledger.share(),
            await ledger.share(),
            await ledger.share(),
          ] as const;
          const step = await credentials.breakAt({ table: 'credential', on: 'DELETE' });
          await ledger.turn(tickets[0], 'resolved');
          await step.reached();
          await credentials.server.kill();
          for (const ticket of tickets.slice(1))
            expect(await ledger.turn(ticket, 'closed')).toMatchObject({ status: 200 });
          const refusal = await ledger.submit(tickets[0]);
          expect(refusal).toMatchObject({ status: 503 });
          expect(refusal?.headers.get('retry-after')).toMatch(/^\d+$/);
          await waitFor(
            async () => (await world.broker.at((broker) => broker.consumers(queue))) === 0,
          );
          await credentials.server.start();
        },
      },
    );

    scenario(
      'the binding of the queue: an event that the broker could not route is kept until it can',
      {
        done: 'the binding of the queue of credentials deleted',
        play: async ({ world, ledger }) => {
          const ticket = await ledger.share();
          const bind = (method: 'bindQueue' | 'unbindQueue') =>
            world.broker.at((broker) =>
              broker.act(async (channel) => {
                for (const key of ticketEventTypes)
                  await channel[method](queue, exchanges.ticket, key);
              }),
            );
          await bind('unbindQueue');
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
          await waitFor(async () => {
            const [owed] = await world.databases.tickets.query<{ last_error: string | null }>(
              'SELECT last_error FROM outbox',
            );
            return owed?.last_error?.startsWith('no queue takes');
          });
          expect(await world.live(ticket)).toBe(1);
          await bind('bindQueue');
        },
      },
    );

    scenario(
      'the queue itself: the consumer that the broker cancelled declares it again and goes on',
      {
        done: 'the queue of credentials deleted under its consumer (basic.cancel)',
        play: async ({ world, ledger }) => {
          const ticket = await ledger.share();
          await world.broker.at((broker) => broker.deleteQueues(queue));
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
        },
      },
    );
  });
};
