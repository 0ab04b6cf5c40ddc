import { describe, expect } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import { type AddScenario } from '../harness/scenario.js';
import { type OwnBroker } from '../harness/broker.js';

export const commitScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('a connection that is cut at the reply to COMMIT', () => {
    scenario(
      'of a submit: the answer says 503, and asking again with the same key finds what was stored',
      {
        done: 'the reply to the COMMIT of a submit cut off; once with and once without the commit',
        play: async ({ world, ledger }) => {
          const [{ lines }] = world.credentials;
          const ticket = await ledger.share();
          for (const end of ['lift', 'rollBack'] as const) {
            const step = await world.databases.credentials.breakAt({
              table: 'credential',
              on: 'INSERT',
              atCommit: true,
            });
            const submitting = ledger.submit(ticket, `key-${end}`);
            await step.reached();
            lines.database.cut();
            const doubt = await submitting;
            expect(doubt).toMatchObject({ status: 503, body: { code: 'unavailable' } });
            expect(doubt?.headers.get('retry-after')).toMatch(/^\d+$/);
            await step[end]();
            expect(await ledger.submit(ticket, `key-${end}`)).toMatchObject({
              status: 201,
              body: { number: end === 'lift' ? 2 : 3 },
            });
          }
          expect(await world.live(ticket)).toBe(3);
        },
      },
    );

    scenario('of an end: although the answer says 503, what was committed is published', {
      done: 'the reply to the COMMIT of an end cut off',
      play: async ({ world, ledger }) => {
        const [{ lines }] = world.tickets;
        const ticket = await ledger.share();
        const step = await world.databases.tickets.breakAt({
          table: 'ticket',
          on: 'UPDATE',
          atCommit: true,
        });
        const ending = ledger.turn(ticket, 'resolved');
        await step.reached();
        lines.database.cut();
        expect(await ending).toMatchObject({ status: 503, body: { code: 'unavailable' } });
        await step.lift();
        // The relay was not woken, and no other commit wakes it.
        await waitFor(async () => (await world.live(ticket)) === 0);
        expect(await ledger.turn(ticket, 'resolved')).toMatchObject({
          status: 200,
          body: { version: 3 },
        });
      },
    });

    scenario('of a destruction: the event comes again and finds nothing to do', {
      done: 'the reply to the COMMIT of a destruction cut off',
      play: async ({ world, ledger }) => {
        const [{ lines }] = world.credentials;
        const ticket = await ledger.share();
        const step = await world.databases.credentials.breakAt({
          table: 'credential',
          on: 'DELETE',
          atCommit: true,
        });
        await ledger.turn(ticket, 'resolved');
        await step.reached();
        lines.database.cut();
        await step.lift();
      },
    });
  });
};
