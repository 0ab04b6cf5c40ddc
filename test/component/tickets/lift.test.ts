import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GateRecord } from '#contracts';
import { liftVerbs } from '../../../apps/tickets/src/commands/lift-tickets/lift.verb.js';
import { runVerbs } from '../../support/verbs.js';
import { type Client } from './client.js';
import { type Stage, startTickets } from './harness.js';

let stage: Stage;
let ann: Client;
let agent: Client;
let folder: string;
beforeAll(async () => {
  stage = await startTickets();
  [ann, agent] = [await stage.as('ann', ['customer']), await stage.as('alex', ['agent'])];
  folder = mkdtempSync(join(tmpdir(), 'lift-'));
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const known = { status: 'open', version: 1, phase: 0, requesterId: 'ann', assigneeId: null, credentials: 1 } as const;
const gate = (ticketId: string, change: Partial<GateRecord>): GateRecord => ({ ticketId, ...known, ...change });

/** The command beside the running service, with what the gates remember. */
function lift(gates: readonly GateRecord[], ...more: string[]) {
  const file = join(folder, 'gates.jsonl');
  writeFileSync(file, [...gates, { gates: gates.length }].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return runLift(file, ...more);
}
const runLift = (...args: string[]) => runVerbs(liftVerbs, ['lift', ...args], { TICKETS_DATABASE_URL: stage.database.serviceUrl });
/** These tickets are from long before the restore, which is now. */
async function restore(...ids: string[]): Promise<string[]> {
  await stage.database.query("UPDATE ticket SET updated_at = updated_at - interval '1 hour' WHERE id = ANY ($1)", [ids]);
  return restoredNow();
}
const restoredNow = () => ['--restored-at', new Date().toISOString()];
const shown = async (id: string) => (await agent.get(`/v1/tickets/${id}`)).body;
const phaseOf = async (id: string) => (await stage.database.query('SELECT phase FROM ticket WHERE id = $1', [id]))[0]!.phase as number;
/** What the outbox holds of a ticket from some version on: nobody takes it, for there is no broker. */
const told = (id: string, version: number) =>
  stage.database.query(
    `SELECT type, (payload->'data') - 'requesterId'::text AS data FROM outbox
      WHERE payload->>'subject' = $1 AND (payload->'data'->>'version')::int >= $2 ORDER BY seq`,
    [id, version],
  );

describe('npm run tickets -- lift', () => {
  it('says what it would do, and does it when it is told to, once', async () => {
    const [ended, level] = [await ann.open(), await ann.open()];
    const gates = [gate(ended, { status: 'resolved', version: 4, phase: 1, assigneeId: 'carol', credentials: 0 }), gate(level, {})];
    const since = await restore(ended, level);
    const tried = await lift(gates, ...since);
    const line = `ticket ${ended}: version 1, phase 0, open, assigned to nobody -> version 5, phase 1, resolved, assigned to carol\n`;
    expect(tried).toEqual({
      code: 1,
      out: `${line}1 tickets would be lifted; 0 are for a person to decide\n`,
      err: 'Failed: nothing was changed; add --yes to lift them\n',
    });
    expect(await shown(ended)).toMatchObject({ status: 'open', version: 1 });
    const done = await lift(gates, ...since, '--yes');
    expect(done).toEqual({ code: 0, out: `${line}1 tickets were lifted; 0 are for a person to decide\n`, err: '' });
    expect(await shown(ended)).toMatchObject({ status: 'resolved', version: 5, assigneeId: 'carol' });
    expect(await shown(level)).toMatchObject({ status: 'open', version: 1 });
    const now = { status: 'resolved', previousStatus: 'open', version: 5, phase: 1, assigneeId: 'carol' };
    const data = { ticketId: ended, home: '/tickets', ...now };
    expect(await told(ended, 2)).toEqual(['ticket.status.changed', 'ticket.assigned'].map((type) => ({ type, data })));
    expect(await lift(gates, ...since, '--yes')).toMatchObject({ code: 0, out: expect.stringMatching(/^0 tickets were lifted/) });
    expect((await told(ended, 2)).length).toBe(2);
  });

  it('makes no ticket that was lost, and names those under which something is stored', async () => {
    const { code, out, err } = await lift([gate('lost-1', {}), gate('lost-2', { credentials: 0 })], ...restoredNow(), '--yes');
    expect(out).toBe(
      'ticket lost-1: LOST, this database does not know it; 1 live credentials\n0 tickets were lifted; 1 are for a person to decide\n',
    );
    expect([code, err]).toEqual([1, 'Failed: not everything could be lifted; docs/runbook.md says what to do\n']);
    expect((await agent.get('/v1/tickets/lost-1')).status).toBe(404);
  });

  it('leaves to a person what may have ended since the restore, and does that one when a person has decided', async () => {
    const [ticket, other] = [await ann.open(), await ann.open()];
    const restoredAt = await restore(ticket, other);
    await agent.patch(`/v1/tickets/${ticket}`, { assigneeId: 'alex' });
    const gates = [ticket, other].map((id) => gate(id, { version: 6, phase: 2 }));
    const { code, out } = await lift(gates, ...restoredAt, '--yes', '--ticket', ticket);
    const facts = 'version 2, phase 0, open, assigned to alex, changed since the restore or within 60 s of it; ';
    const known = 'its gate remembers version 6, phase 2, open, assigned to nobody; 1 live credentials';
    expect([code, out]).toEqual([
      1,
      `ticket ${ticket}: UNDECIDED, ${facts}${known}\n0 tickets were lifted; 1 are for a person to decide\n`,
    ]);
    expect([await phaseOf(ticket), (await shown(ticket)).version]).toEqual([0, 2]);
    expect((await lift(gates, '--take', 'ticket', '--yes', '--ticket', ticket)).code).toBe(1);
    expect((await lift(gates, '--take', 'gate', '--yes', '--ticket', ticket)).code).toBe(0);
    expect([await phaseOf(ticket), (await shown(ticket)).version]).toEqual([2, 7]);
    expect((await shown(other)).version).toBe(1);
  });

  it('takes what is changed at the same moment into account', async () => {
    const ticket = await ann.open();
    const restoredAt = await restore(ticket);
    const [{ code }, { status }] = await Promise.all([
      lift([gate(ticket, { version: 9 })], ...restoredAt, '--yes'),
      agent.patch(`/v1/tickets/${ticket}`, { status: 'resolved' }),
    ]);
    expect([code, status]).toEqual([0, 200]);
    const { version, status: is } = await shown(ticket);
    // Lifted before the change or after it.
    expect([is, version, await phaseOf(ticket)]).toEqual(['resolved', version === 10 ? 10 : 11, 1]);
  });

  it.each([
    [[], 'Failed: --restored-at is missing, or no time with its zone'],
    [['--restored-at', '2026-01-01'], 'or no time with its zone'],
    [['--restored-at', '2999-01-01T00:00:00Z'], "--restored-at is still to come: by the database's clock it is 20"],
    [['--take', 'gate'], '--take is for tickets that are named by --ticket'],
    [['--take', 'both', '--ticket', 'T-1'], '--take is neither gate nor ticket'],
  ])('called wrongly (%j) changes nothing and answers 2', async (args, reason) => {
    const ticket = await ann.open();
    const { code, err } = await lift([gate(ticket, { version: 5 })], '--yes', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
    expect((await shown(ticket)).version).toBe(1);
  });

  it('lifts nothing by half a file, however long it is', async () => {
    const ticket = await ann.open();
    const file = join(folder, 'long-half.jsonl');
    const gates = [gate(ticket, { version: 5 }), ...Array.from({ length: 1000 }, (_, n) => gate(`lost-${n}`, { credentials: 0 }))];
    writeFileSync(file, gates.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await runLift(file, ...restoredNow(), '--yes')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/the end of the file/),
    });
    expect((await shown(ticket)).version).toBe(1);
  });

  it('refuses half a file, and one that is not there', async () => {
    const file = join(folder, 'half.jsonl');
    writeFileSync(file, `${JSON.stringify(gate('lost', { credentials: 0 }))}\n`);
    const none = join(folder, 'none');
    expect(await runLift(file, ...restoredNow())).toMatchObject({ code: 1, err: 'Failed: the end of the file is missing or wrong\n' });
    expect(await runLift(none, ...restoredNow())).toMatchObject({ code: 1, err: expect.stringMatching(/^Failed: ENOENT/) });
  });
});
