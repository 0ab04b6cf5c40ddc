import { describe, expect } from '@jest/globals';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { scenarios } from '../harness/scenario.js';

describe('the relay of the outbox', () => {
  const scenario = scenarios({ replicas: 2 });

  scenario(
    'killed after the confirm and before the delete: the event is told twice, and destroys once',
    {
      done: 'SIGKILL of tickets after the broker confirmed an end, before its row was deleted',
      play: async ({ world, ledger }) => {
        const [first, second] = world.tickets;
        const ticket = await ledger.share();
        await second!.stop();
        const step = await world.databases.tickets.breakAt({ table: 'outbox', on: 'DELETE' });
        expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
        await step.reached();
        await waitFor(async () => (await world.live(ticket)) === 0);
        await first.kill();
        await step.rollBack();
        await first.start();
        await second!.start();
      },
    },
  );

  scenario(
    'stopped past its lease with a batch in hand: another one publishes it, and the late one does no harm',
    {
      done: 'two relays, one SIGSTOPped past its lease with a batch in hand',
      play: async ({ world, ledger }) => {
        const [late, other] = world.tickets;
        const tickets = [await ledger.share(), await ledger.share(), await ledger.share()];
        await other!.stop();
        const claim = await world.databases.tickets.breakAt({ table: 'outbox', on: 'UPDATE' });
        for (const ticket of tickets)
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
        await claim.reached();
        late.freeze();
        await claim.lift();
        await other!.start();
        for (const ticket of tickets) await waitFor(async () => (await world.live(ticket)) === 0);
        late.thaw();
        for (const ticket of tickets)
          await waitUntilPasses(async () => {
            expect(await ledger.turn(ticket, 'open')).toMatchObject({ status: 200 });
          });
        for (const ticket of tickets)
          await waitUntilPasses(async () => {
            expect(await ledger.submit(ticket, ticket.id)).toMatchObject({ status: 201 });
          });
      },
    },
  );
});
