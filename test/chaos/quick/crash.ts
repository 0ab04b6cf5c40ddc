import { describe, expect } from '@jest/globals';
import { queues } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { type AddScenario } from '../harness/scenario.js';
import { type OwnBroker } from '../harness/broker.js';

const queue = queues.credentialsTicketEvents;

export const crashScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('a process that is killed', () => {
    scenario(
      'tickets, before the commit: the ticket is as live as it was, and so are its credentials',
      {
        done: 'SIGKILL of tickets before the commit of an end',
        play: async ({ world, ledger }) => {
          const [tickets] = world.tickets;
          const ticket = await ledger.share();
          const step = await world.databases.tickets.breakAt({ table: 'outbox', on: 'INSERT' });
          const ending = ledger.turn(ticket, 'resolved');
          await step.reached();
          await tickets.kill();
          expect(await ending).toMatchObject({ status: 503 });
          await step.rollBack();
          await tickets.start();
          expect(await ledger.reveal(ticket)).toMatchObject({
            status: 200,
            body: { items: [{ number: 1 }] },
          });
        },
      },
    );

    scenario(
      'tickets, after the commit and before it published: the event is published all the same',
      {
        done: 'SIGKILL of tickets after the commit of an end, before it published the event',
        play: async ({ world, ledger }) => {
          const [tickets] = world.tickets;
          const ticket = await ledger.share();
          const claim = await world.databases.tickets.breakAt({ table: 'outbox', on: 'UPDATE' });
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
          await claim.reached();
          await tickets.kill();
          await claim.rollBack();
          expect(await world.live(ticket)).toBe(1);
          await tickets.start();
        },
      },
    );

    scenario(
      'credentials, after the commit and before the acknowledgement: the event comes again and does nothing',
      {
        done: 'SIGKILL of credentials after it destroyed, before it acknowledged',
        play: async ({ world, ledger }) => {
          const [credentials] = world.credentials;
          const ticket = await ledger.share();
          const step = await world.databases.credentials.breakAt({
            table: 'credential',
            on: 'DELETE',
          });
          await ledger.turn(ticket, 'closed');
          await step.reached();
          credentials.lines.broker.freeze();
          await step.lift();
          await waitFor(async () => (await world.live(ticket)) === 0);
          await credentials.kill();
          credentials.lines.broker.cut();
          credentials.lines.broker.restore();
          await waitFor(async () => (await world.broker.depth(queue)) === 1);
          await credentials.start();
        },
      },
    );

    scenario(
      'credentials, in mid-destruction: nothing is half destroyed, and then everything is destroyed',
      {
        done: 'SIGKILL of credentials between deleting and its receipt',
        play: async ({ world, ledger }) => {
          const [credentials] = world.credentials;
          const ticket = await ledger.share();
          await ledger.submit(ticket);
          const step = await world.databases.credentials.breakAt({
            table: 'destruction_receipt',
            on: 'INSERT',
          });
          await ledger.turn(ticket, 'resolved');
          await step.reached();
          await credentials.kill();
          await step.rollBack();
          expect(await world.live(ticket)).toBe(2);
          await credentials.start();
        },
      },
    );
  });
};
