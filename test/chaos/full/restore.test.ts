import { describe, expect } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valueOf } from '../../support/metrics.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { runCommand } from '../harness/command.js';
import { type KnownTicket, type Ledger } from '../harness/ledger.js';
import { scenarios } from '../harness/scenario.js';
import { type World } from '../harness/world.js';

const unknown = { status: 503, body: { code: 'standing-unknown' } };
const ended = { status: 409, body: { code: 'ticket-ended' } };
const shown = (number: number) => ({ status: 200, body: { items: [{ number }] } });

const metricsOf = async ({ credentials: [{ url }] }: World): Promise<string> =>
  (await fetch(`${url}/metrics`)).text();
/** Resolves when so many tickets are in doubt, as the metrics say. */
const untilInDoubt = (world: World, count: number): Promise<true> =>
  waitFor(async () => valueOf(await metricsOf(world), 'tickets_in_doubt') === count, 60_000);
const stored = async ({ databases }: World): Promise<number> =>
  (await databases.credentials.query('SELECT 1 FROM credential')).length;
const gateOf = async ({ databases }: World, { id }: KnownTicket) =>
  (
    await databases.credentials.query(
      'SELECT phase, assignee_id FROM ticket_gate WHERE ticket_id = $1',
      [id],
    )
  )[0];

/** The commands of ops, where their databases are. */
function commands({ databases, tickets, servers }: World) {
  const auth = {
    AUTH_MODE: 'dev',
    AUTH_DEV_KEY_FILE: servers.paths.devKey,
    TICKETS_URL: tickets[0].url,
  };
  const env = {
    TICKETS_DATABASE_URL: databases.tickets.urls.service,
    CREDENTIALS_DATABASE_URL: databases.credentials.urls.service,
    ...auth,
  };
  /**
   * @returns what it printed, even where it found something that a person has to decide
   */
  return (name: string, ...args: string[]): Promise<string> =>
    runCommand(name, args, env).catch((error: unknown) => (error as { stdout: string }).stdout);
}

/** Shared, ended, live again, and shared once more. */
async function shareAgain(ledger: Ledger, ticket: KnownTicket): Promise<void> {
  if (ticket.status === 'open')
    expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
  expect(await ledger.turn(ticket, 'open')).toMatchObject({ status: 200 });
  await waitUntilPasses(async () => {
    expect(await ledger.submit(ticket, `${ticket.id} again`)).toMatchObject({ status: 201 });
  });
}

describe('tickets that are not what they were', () => {
  const scenario = scenarios({ env: { RECONCILE_SECONDS: '1', STANDING_LEASE_SECONDS: '1' } });

  scenario(
    'another, empty tickets service: nothing is revealed and nothing destroyed, somebody is told, and it recovers',
    {
      done: 'TICKETS_URL of credentials pointed at an empty tickets service',
      play: async ({ world, ledger }) => {
        const [[tickets], [credentials]] = [world.tickets, world.credentials];
        const [ticket, other] = [await ledger.share(), await ledger.share()];
        await tickets.stop();
        const nothing = await world.databases.tickets.copy('nothing');
        await nothing.query('TRUNCATE ticket, outbox CASCADE');
        await tickets.start();
        const stranger = await world.another('tickets', {
          databases: { ...world.databases, tickets: nothing },
        });
        await credentials.stop();
        await credentials.start({ TICKETS_URL: stranger.url });
        expect(await ledger.reveal(ticket)).toMatchObject(unknown);
        expect(await ledger.submit(ticket)).toMatchObject(unknown);
        await untilInDoubt(world, 2);
        expect(
          valueOf(await metricsOf(world), 'standing_faults_total', { fault: 'unknown' }),
        ).toBeGreaterThan(0);
        expect([await world.live(ticket), await world.live(other)]).toEqual([1, 1]);
        // An end that is told by an event needs no answer.
        expect(await ledger.turn(other, 'closed')).toMatchObject({ status: 200 });
        await waitFor(async () => (await world.live(other)) === 0);
        await credentials.stop();
        await credentials.start();
        expect(await ledger.reveal(ticket)).toMatchObject(shown(1));
        await untilInDoubt(world, 0);
        await stranger.end();
      },
    },
  );

  scenario(
    'a backup of an hour ago: nothing is destroyed or revealed that should not be, and the runbook brings it back',
    {
      done: 'the database of tickets restored from a backup before ends, reopenings and assignments; then lifted',
      timeout: 600_000,
      play: async ({ world, ledger }) => {
        const [tickets] = world.tickets;
        const run = commands(world);
        const [same, over, taken, reopened] = [
          await ledger.share(),
          await ledger.share(),
          await ledger.share(),
          await ledger.share(),
        ];
        const [again, closed, touched] = [
          await ledger.share(),
          await ledger.share(),
          await ledger.share(),
        ];
        await ledger.turn(reopened, 'resolved');
        await waitFor(async () => (await world.live(reopened)) === 0);
        await tickets.stop();
        const backup = await world.databases.tickets.copy('backup');
        await backup.query("UPDATE ticket SET updated_at = updated_at - interval '1 hour'");
        await tickets.start();

        await ledger.turn(over, 'closed');
        await ledger.assign(taken, 'agent-2');
        for (const ticket of [reopened, again, closed, touched]) await shareAgain(ledger, ticket);
        const lost = await ledger.share();
        await waitFor(
          async () =>
            (await gateOf(world, over))?.phase === 1 &&
            (await gateOf(world, taken))?.assignee_id === 'agent-2',
        );
        const before = await stored(world);

        await tickets.stop();
        await world.databases.tickets.restore(backup);
        const restoredAt = new Date().toISOString();
        await tickets.start();
        for (const ticket of [over, taken, reopened, again, closed, touched, lost])
          await waitUntilPasses(async () => {
            expect(await ledger.reveal(ticket)).toMatchObject(unknown);
          });
        expect(await ledger.reveal(same)).toMatchObject(shown(1));
        await untilInDoubt(world, 7);
        expect(
          valueOf(await metricsOf(world), 'standing_faults_total', { fault: 'regressed' }),
        ).toBeGreaterThan(0);
        expect(await run('credentials', 'report')).toMatch(/^7 tickets are in doubt$/m);
        // People go on meanwhile.
        expect(await ledger.turn(closed, 'closed')).toMatchObject({ status: 200 });
        expect(await ledger.assign(touched, 'agent-2')).toMatchObject({ status: 200 });
        expect(await ledger.assign(touched)).toMatchObject({ status: 200 });
        expect(await stored(world)).toBe(before);

        const file = join(mkdtempSync(join(tmpdir(), 'gates-')), 'gates.jsonl');
        await run('credentials', 'gates', file);
        const lifted = await run('tickets', 'lift', file, '--restored-at', restoredAt, '--yes');
        expect(lifted).toMatch(
          new RegExp(`^ticket ${lost.id}: LOST, .*; 1 live credentials$`, 'm'),
        );
        expect(lifted).toMatch(new RegExp(`^ticket ${touched.id}: UNDECIDED, `, 'm'));
        expect(lifted).toMatch(/^5 tickets were lifted; 2 are for a person to decide$/m);
        expect(await ledger.reveal(over)).toMatchObject(ended);
        expect(await ledger.reveal(taken)).toMatchObject({ status: 403 });
        for (const ticket of [reopened, again])
          expect(await ledger.reveal(ticket)).toMatchObject(shown(2));
        expect(await ledger.reveal(closed)).toMatchObject(ended);
        for (const ticket of [touched, lost])
          expect(await ledger.reveal(ticket)).toMatchObject(unknown);

        await run('tickets', 'lift', file, '--take', 'gate', '--ticket', touched.id, '--yes');
        expect(await ledger.reveal(touched)).toMatchObject(shown(2));
        expect(await run('credentials', 'destroy', lost.id, '--yes')).toContain(
          `ticket ${lost.id}: destroyed `,
        );
        ledger.lose(lost);
        await untilInDoubt(world, 0);
        expect(await run('credentials', 'report')).toMatch(
          /^0 outlived .*\n0 are past .*\n0 destructions failed .*\n0 tickets are in doubt$/m,
        );
      },
    },
  );
});
