import { describe, expect } from '@jest/globals';
import { queues } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { type Location } from '../harness/breakpoint.js';
import { type OwnBroker } from '../harness/broker.js';
import { type KnownTicket } from '../harness/ledger.js';
import { type AddScenario } from '../harness/scenario.js';
import { type World } from '../harness/world.js';

const of = ({ id }: KnownTicket): string => `NEW.ticket_id = '${id}'`;
const gone = ({ id }: KnownTicket): string => `OLD.ticket_id = '${id}'`;

const submitSteps: readonly Omit<Location, 'when'>[] = [
  { table: 'ticket_gate', on: 'INSERT' },
  { table: 'access_log', on: 'INSERT' },
  { table: 'ticket_gate', on: 'UPDATE' },
  { table: 'credential', on: 'INSERT' },
  { table: 'credential', on: 'INSERT', atCommit: true },
];

const endSteps: readonly Omit<Location, 'when'>[] = [
  { table: 'credential', on: 'DELETE' },
  { table: 'access_log', on: 'INSERT' },
  { table: 'destruction_receipt', on: 'INSERT' },
  { table: 'ticket_gate', on: 'UPDATE' },
  { table: 'credential', on: 'DELETE', atCommit: true },
];

/**
 * Resolves when the event of the ticket's end was applied, or waits for the submit; or
 * has nothing to do, as there is no gate yet.
 */
async function endHasCome(world: World, ticket: KnownTicket): Promise<void> {
  const { tickets, credentials } = world.databases;
  await waitFor(async () => {
    if ((await tickets.query('SELECT 1 FROM outbox')).length > 0) return false;
    if ((await world.broker.depth(queues.credentialsTicketEvents)) > 0) return false;
    const [gate] = await credentials.query<{ phase: number }>(
      'SELECT phase FROM ticket_gate WHERE ticket_id = $1',
      [ticket.id],
    );
    const waiting = await credentials.query(
      "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype <> 'advisory'",
    );
    return gate === undefined || gate.phase === 1 || waiting.length > 0;
  });
}

/** How often `tickets` was asked about standings, and answered. */
async function answersGiven({ tickets: [{ url }] }: World): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  const counts = metrics
    .split('\n')
    .filter((line) => /^http_server_request_duration_seconds_count.*standings/.test(line));
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

export const raceScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('submit and end at the same moment', () => {
    scenario('the end comes while a submit is at any of its steps: what was stored is destroyed', {
      done: 'a submit held at each of its steps while the end is applied',
      play: async ({ world, ledger }) => {
        for (const place of submitSteps) {
          const ticket = await ledger.open();
          const step = await world.databases.credentials.breakAt({ ...place, when: of(ticket) });
          const submitting = ledger.submit(ticket);
          await step.reached();
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
          await endHasCome(world, ticket);
          await step.lift();
          expect([201, 409]).toContain((await submitting)?.status);
        }
      },
    });

    scenario('the end comes while the submit waits for its standing: it is refused', {
      done: 'the answer about the standing held back until the end was applied',
      play: async ({ world, ledger }) => {
        const [question] = world.questions;
        const ticket = await ledger.share();
        const before = await answersGiven(world);
        question.hold();
        const submitting = ledger.submit(ticket);
        await waitFor(async () => (await answersGiven(world)) > before);
        expect(await ledger.turn(ticket, 'closed')).toMatchObject({ status: 200 });
        await waitFor(async () => (await world.live(ticket)) === 0);
        question.restore();
        expect(await submitting).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
      },
    });

    scenario(
      'a submit comes while the end is at any of its steps: it is refused, or of the next life',
      {
        done: 'an end held at each of its steps while there is a submit, or a reopening and a submit',
        play: async ({ world, ledger }) => {
          for (const [at, place] of endSteps.entries()) {
            const ticket = await ledger.share();
            const step = await world.databases.credentials.breakAt({
              ...place,
              when: place.on === 'DELETE' ? gone(ticket) : of(ticket),
            });
            expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
            await step.reached();
            const reopens = at % 2 === 0;
            if (reopens) await ledger.turn(ticket, 'open');
            const submitting = ledger.submit(ticket);
            await step.lift();
            expect(await submitting).toMatchObject({ status: reopens ? 201 : 409 });
            await waitFor(async () => (await world.live(ticket)) === (reopens ? 1 : 0));
          }
        },
      },
    );
  });
};
