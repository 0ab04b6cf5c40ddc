import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gate, LiftStage, restoredNow } from './lift.fixture.js';

let stage: LiftStage;
beforeAll(async () => {
  stage = await LiftStage.start();
});
afterAll(() => stage.stop());

/** These tickets are from long before the restore, which is now. */
async function restore(...ids: string[]): Promise<string[]> {
  await stage.tickets.database.query(
    `UPDATE ticket
     SET updated_at = updated_at - interval '1 hour'
     WHERE id = ANY ($1)`,
    [ids],
  );
  return restoredNow();
}
const phaseOf = async (id: string) =>
  (await stage.tickets.database.query('SELECT phase FROM ticket WHERE id = $1', [id]))[0]!
    .phase as number;
/**
 * What the outbox holds of a ticket from some version on: nobody takes
 * it, for there is no broker.
 */
const told = (id: string, version: number) =>
  stage.tickets.database.query(
    `SELECT type, (payload->'data') - 'requesterId'::text AS data
     FROM outbox
     WHERE payload->>'subject' = $1
       AND (payload->'data'->>'version')::int >= $2
     ORDER BY seq`,
    [id, version],
  );

describe('npm run tickets -- lift', () => {
  it('says what it would do, and does it when it is told to, once', async () => {
    const [ended, level] = [await stage.ann.open(), await stage.ann.open()];
    const gates = [
      gate(ended, {
        status: 'resolved',
        version: 4,
        phase: 1,
        assigneeId: 'carol',
        credentials: 0,
      }),
      gate(level, {}),
    ];
    const since = await restore(ended, level);
    const tried = await stage.lift(gates, ...since);
    const line =
      `ticket ${ended}: version 1, phase 0, open, assigned to nobody -> ` +
      'version 5, phase 1, resolved, assigned to carol\n';
    expect(tried).toEqual({
      code: 1,
      out: `${line}1 tickets would be lifted; 0 are for a person to decide\n`,
      err: 'Failed: nothing was changed; add --yes to lift them\n',
    });
    expect(await stage.shown(ended)).toMatchObject({ status: 'open', version: 1 });
    const done = await stage.lift(gates, ...since, '--yes');
    expect(done).toEqual({
      code: 0,
      out: `${line}1 tickets were lifted; 0 are for a person to decide\n`,
      err: '',
    });
    expect(await stage.shown(ended)).toMatchObject({
      status: 'resolved',
      version: 5,
      assigneeId: 'carol',
    });
    expect(await stage.shown(level)).toMatchObject({ status: 'open', version: 1 });
    const now = {
      status: 'resolved',
      previousStatus: 'open',
      version: 5,
      phase: 1,
      assigneeId: 'carol',
    };
    const data = { ticketId: ended, home: '/tickets', ...now };
    expect(await told(ended, 2)).toEqual(
      ['ticket.status.changed', 'ticket.assigned'].map((type) => ({ type, data })),
    );
    expect(await stage.lift(gates, ...since, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^0 tickets were lifted/),
    });
    expect((await told(ended, 2)).length).toBe(2);
  });

  it('makes no ticket that was lost, and names those under which something is stored', async () => {
    const { code, out, err } = await stage.lift(
      [gate('lost-1', {}), gate('lost-2', { credentials: 0 })],
      ...restoredNow(),
      '--yes',
    );
    expect(out).toBe(
      'ticket lost-1: LOST, this database does not know it; 1 live credentials\n' +
        '0 tickets were lifted; 1 are for a person to decide\n',
    );
    expect([code, err]).toEqual([
      1,
      'Failed: not everything could be lifted; docs/runbook.md says what to do\n',
    ]);
    expect((await stage.agent.get('/v1/tickets/lost-1')).status).toBe(404);
  });

  it('leaves to a person what may have ended since the restore, and does that one when a person has decided', async () => {
    const [ticket, other] = [await stage.ann.open(), await stage.ann.open()];
    const restoredAt = await restore(ticket, other);
    await stage.agent.patch(`/v1/tickets/${ticket}`, { assigneeId: 'alex' });
    const gates = [ticket, other].map((id) => gate(id, { version: 6, phase: 2 }));
    const { code, out } = await stage.lift(gates, ...restoredAt, '--yes', '--ticket', ticket);
    const facts =
      'version 2, phase 0, open, assigned to alex, changed since the restore or within 60 s of it; ';
    const known =
      'its gate remembers version 6, phase 2, open, assigned to nobody; 1 live credentials';
    expect([code, out]).toEqual([
      1,
      `ticket ${ticket}: UNDECIDED, ${facts}${known}\n` +
        '0 tickets were lifted; 1 are for a person to decide\n',
    ]);
    expect([await phaseOf(ticket), (await stage.shown(ticket)).version]).toEqual([0, 2]);
    expect((await stage.lift(gates, '--take', 'ticket', '--yes', '--ticket', ticket)).code).toBe(1);
    expect((await stage.lift(gates, '--take', 'gate', '--yes', '--ticket', ticket)).code).toBe(0);
    expect([await phaseOf(ticket), (await stage.shown(ticket)).version]).toEqual([2, 7]);
    expect((await stage.shown(other)).version).toBe(1);
  });

  it('takes what is changed at the same moment into account', async () => {
    const ticket = await stage.ann.open();
    const restoredAt = await restore(ticket);
    const [{ code }, { status }] = await Promise.all([
      stage.lift([gate(ticket, { version: 9 })], ...restoredAt, '--yes'),
      stage.agent.patch(`/v1/tickets/${ticket}`, { status: 'resolved' }),
    ]);
    expect([code, status]).toEqual([0, 200]);
    const { version, status: is } = await stage.shown(ticket);
    // Lifted before the change or after it.
    expect([is, version, await phaseOf(ticket)]).toEqual(['resolved', version === 10 ? 10 : 11, 1]);
  });
});
