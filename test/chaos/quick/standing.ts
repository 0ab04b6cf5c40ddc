import { describe, expect } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type OwnBroker } from '../harness/broker.js';
import { type AddScenario } from '../harness/scenario.js';

const inDoubt = { status: 503, body: { code: 'standing-unknown' } };

export const standingScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('tickets cannot be asked', () => {
    scenario(
      'past the lease nothing is revealed and nothing is destroyed, and it recovers by itself',
      {
        done: 'tickets SIGKILLed, past the lease',
        play: async ({ world, ledger }) => {
          const [tickets] = world.tickets;
          const ticket = await ledger.share();
          expect(await ledger.reveal(ticket)).toMatchObject({ status: 200 });
          await tickets.kill();
          const refusal = await waitUntilPasses(async () => {
            const answer = await ledger.reveal(ticket);
            expect(answer).toMatchObject(inDoubt);
            return answer;
          });
          expect(refusal?.headers.get('retry-after')).toMatch(/^\d+$/);
          expect(await ledger.submit(ticket)).toMatchObject(inDoubt);
          expect(await world.live(ticket)).toBe(1);
          await tickets.start();
          expect(await ledger.reveal(ticket)).toMatchObject({
            status: 200,
            body: { items: [{ number: 1 }] },
          });
        },
      },
    );

    scenario(
      'an end that no event tells is felt when the lease is over, whatever becomes of the broker',
      {
        done: 'the broker cut off, the ticket ended, past the lease',
        play: async ({ world, ledger }) => {
          const [tickets] = world.tickets;
          const ticket = await ledger.share();
          expect(await ledger.reveal(ticket)).toMatchObject({ status: 200 });
          tickets.lines.broker.down();
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
          await waitUntilPasses(async () => {
            expect(await ledger.reveal(ticket)).toMatchObject({
              status: 409,
              body: { code: 'ticket-ended' },
            });
          });
          expect(await ledger.submit(ticket)).toMatchObject({
            status: 409,
            body: { code: 'ticket-ended' },
          });
          tickets.lines.broker.restore();
        },
      },
    );
  });
};
