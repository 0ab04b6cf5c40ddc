import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { waitFor } from '../../support/wait-for.js';
import { type AuditUnderTest, startAudit } from './audit.fixture.js';
import { newTicket, secret } from './harness.js';

let audit: AuditUnderTest;
beforeAll(async () => {
  audit = await startAudit();
});
afterAll(() => audit.stop());

const isSound = async (): Promise<boolean> => (await audit.run('verify')).code === 0;

describe('npm run audit -- prune', () => {
  const days = (count: number) => audit.run('prune', '--days', String(count));
  async function oldTicket(): Promise<{ ticketId: string; path: string }> {
    const ticket = newTicket(audit.service);
    await audit.writeOldChain(ticket.ticketId, 3);
    return ticket;
  }
  const seqs = async (ticketId: string) =>
    (
      await audit.service.database.query(
        'SELECT seq FROM access_log WHERE ticket_id = $1 ORDER BY seq',
        [ticketId],
      )
    ).map(({ seq }) => Number(seq));

  /** How many wait for a lock on the heads of chains, one behind the other. */
  async function waiting(): Promise<number> {
    const behind = `
      SELECT count(DISTINCT waiter.pid)::int AS count
      FROM pg_locks waiter
      JOIN pg_locks held USING (pid)
      WHERE NOT waiter.granted
        AND held.relation = 'access_log_head'::regclass
        AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    return (await audit.service.database.query<{ count: number }>(behind))[0]!.count;
  }

  it('deletes what is old, up to a signed checkpoint, and what is left verifies', async () => {
    const { ticketId, path } = await oldTicket();
    await audit.checkpoints.keep();
    const unsigned = await oldTicket();
    await audit.service.call('agent-2', 'POST', `${path}/reveal`);
    expect(await days(500)).toMatchObject({ code: 0, out: '0 entries of 0 tickets deleted\n' });
    expect(await days(365)).toMatchObject({ code: 0, out: '3 entries of 1 tickets deleted\n' });
    expect([await seqs(ticketId), await seqs(unsigned.ticketId)]).toEqual([[4], [1, 2, 3]]);
    expect(await isSound()).toBe(true);

    await audit.tamper(ticketId, 'UPDATE access_log_head SET pruned_seq = 2 WHERE ticket_id = $1');
    expect((await audit.run('verify')).out).toContain(`ticket ${ticketId}: entry 3 is missing\n`);
    await audit.tamper(ticketId, 'UPDATE access_log_head SET pruned_seq = 4 WHERE ticket_id = $1');
    expect((await audit.run('verify')).out).toContain(
      `ticket ${ticketId}: what is left begins after entry 4, which no checkpoint covers\n`,
    );
    await audit.tamper(ticketId, 'UPDATE access_log_head SET pruned_seq = 3 WHERE ticket_id = $1');
    expect(await isSound()).toBe(true);
    await audit.forget(unsigned.ticketId);
  });

  it('deletes attempts at tickets that nobody knows likewise', async () => {
    await audit.writeOldChain('(unknown-7)', 3);
    await audit.checkpoints.keep();
    expect(await days(365)).toMatchObject({ code: 0, out: '3 entries of 1 tickets deleted\n' });
    expect(await seqs('(unknown-7)')).toEqual([]);
    expect(await isSound()).toBe(true);
  });

  it('walks a chain of several thousand entries, names what is wrong wherever it is, and deletes them', async () => {
    const { ticketId } = newTicket(audit.service);
    await audit.writeOldChain(ticketId, 2500);
    await audit.checkpoints.keep();
    for (const seq of [1, 1000, 1001, 2500]) {
      await audit.tamper(
        ticketId,
        `UPDATE access_log SET action = 'x' WHERE ticket_id = $1 AND seq = ${seq}`,
      );
      expect((await audit.run('verify')).out).toContain(
        `ticket ${ticketId}: entry ${seq} was changed or moved\n`,
      );
      await audit.tamper(
        ticketId,
        `UPDATE access_log SET action = 'reveal' WHERE ticket_id = $1 AND seq = ${seq}`,
      );
    }
    await audit.tamper(ticketId, 'UPDATE access_log SET seq = -1 WHERE ticket_id = $1 AND seq = 1');
    expect((await audit.run('verify')).out).toContain(`ticket ${ticketId}: entry 1 is missing\n`);
    await audit.tamper(ticketId, 'UPDATE access_log SET seq = 1 WHERE ticket_id = $1 AND seq = -1');
    expect(await days(365)).toMatchObject({ code: 0, out: '2500 entries of 1 tickets deleted\n' });
    expect(await isSound()).toBe(true);
  });

  it('leaves a ticket alone under which something is stored while it looks', async () => {
    const { ticketId, path } = await oldTicket();
    await audit.checkpoints.keep();
    const holder = new pg.Client({ connectionString: audit.service.database.ownerUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM access_log_head WHERE ticket_id = $1 FOR UPDATE', [ticketId]);
    const submitting = audit.service.call('customer-1', 'POST', path, secret);
    await waitFor(async () => (await waiting()) === 1);
    const pruning = days(365);
    await waitFor(async () => (await waiting()) === 2);
    await holder.end();
    expect((await submitting).status).toBe(201);
    expect(await pruning).toMatchObject({ code: 0, out: '0 entries of 0 tickets deleted\n' });
    expect(await seqs(ticketId)).toEqual([1, 2, 3, 4]);
  });

  it('leaves a ticket alone whose credentials live, and one whose log is not as it was written', async () => {
    const [live, changed] = [await oldTicket(), await oldTicket()];
    await audit.checkpoints.keep();
    await audit.service.call('customer-1', 'POST', live.path, secret);
    await audit.tamper(
      changed.ticketId,
      "UPDATE access_log SET actor_id = 'x' WHERE ticket_id = $1 AND seq = 1",
    );
    expect(await days(365)).toEqual({
      code: 1,
      out:
        `ticket ${changed.ticketId}: entry 1 was changed or moved\n` +
        '0 entries of 0 tickets deleted\n',
      err: 'Failed: nothing was deleted of a ticket whose log is not as it was written\n',
    });
    expect([await seqs(live.ticketId), await seqs(changed.ticketId)]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3],
    ]);
  });

  it.each([[], ['--days', '0'], ['--days', 'x']])('is told how many days: %j', async (...args) => {
    expect((await audit.run('prune', ...args)).code).toBe(2);
  });
});
