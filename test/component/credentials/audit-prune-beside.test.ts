import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, type Sql, withConnection } from '#postgres';
import { pruneLog } from '../../../apps/credentials/src/audit/prune-log.js';
import { type AuditUnderTest, startAudit } from './audit.fixture.js';
import { type CredentialsUnderTest, newTicket, replicaOf, secret } from './harness.js';
import { hold, waitersFor } from './held.js';

let audit: AuditUnderTest;
let second: CredentialsUnderTest;
beforeAll(async () => {
  audit = await startAudit();
  second = await replicaOf(audit.service);
});
afterAll(async () => {
  await second.stop();
  await audit.stop();
});

/** A chain of 2,500 entries, all of them old and covered. */
async function longChain(): Promise<{ ticketId: string; path: string }> {
  const ticket = newTicket(audit.service);
  await audit.writeOldChain(ticket.ticketId, 2500);
  await audit.checkpoints.keep();
  return ticket;
}

const left = async (ticketId: string): Promise<number> =>
  (await audit.service.database.query('SELECT FROM access_log WHERE ticket_id = $1', [ticketId]))
    .length;
const isSound = async (): Promise<boolean> => (await audit.run('verify')).code === 0;

/** Does something before each statement that looks like this. */
const actingBefore = (sql: Sql, looks: RegExp, act: () => Promise<unknown>): Sql => ({
  query: async (statement, parameters) => {
    if (looks.test(statement)) await act();
    return sql.query(statement, parameters);
  },
});

describe('while a long chain is pruned', () => {
  it('others append to it, both while it is verified and while it is deleted', async () => {
    const { ticketId, path } = await longChain();
    const statuses: number[] = [];
    const append = async () =>
      statuses.push((await second.call('agent-1', 'POST', `${path}/reveal`)).status);
    const pruned = await withConnection({ url: audit.service.database.ownerUrl }, (owner) => {
      const watched: Database = {
        query: owner.query.bind(owner),
        transaction: (work) =>
          owner.transaction((tx) =>
            work(
              actingBefore(tx, /DELETE FROM access_log|FROM access_log\s+WHERE.*LIMIT/s, append),
            ),
          ),
      };
      return pruneLog(watched, 365);
    });
    expect(pruned).toEqual({ chains: 1, entries: 2500, faults: [] });
    // Three pages are read, and three batches deleted.
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await left(ticketId)).toBe(6);
    expect(await isSound()).toBe(true);
  });

  it('it is sound wherever the deletion stands, and open to others; something that is stored meanwhile ends it', async () => {
    const { ticketId, path } = await longChain();
    const held = await hold(audit.service, ticketId, 'rows');
    await held.query('SELECT FROM access_log WHERE ticket_id = $1 AND seq = 1500 FOR UPDATE', [
      ticketId,
    ]);
    const pruning = audit.run('prune', '--days', '365');
    try {
      await waitersFor(audit.service);
      expect(await left(ticketId)).toBe(1500);
      expect(await isSound()).toBe(true);
      expect((await second.call('customer-1', 'POST', path, secret)).status).toBe(201);
    } finally {
      await held.letGo();
    }
    expect(await pruning).toEqual({ code: 0, out: '1000 entries of 1 tickets deleted\n', err: '' });
    expect(await left(ticketId)).toBe(1501);
    expect(await isSound()).toBe(true);
  });
});

describe('while a name is erased from a long chain', () => {
  it('it is erased by short statements, so that nobody waits for all of it', async () => {
    const { ticketId } = await longChain();
    await audit.tamper(
      ticketId,
      "UPDATE access_log SET actor_id = 'erased', actor_name = 'X' WHERE ticket_id = $1",
    );
    const named = () =>
      audit.service.database.query("SELECT FROM access_log WHERE actor_name = 'X'");
    const held = await hold(audit.service, ticketId, 'rows');
    await held.query('SELECT FROM access_log WHERE ticket_id = $1 AND seq = 2100 FOR UPDATE', [
      ticketId,
    ]);
    const erasing = audit.run('erase', 'erased');
    try {
      await waitersFor(audit.service);
      expect(await named()).toHaveLength(500);
    } finally {
      await held.letGo();
    }
    expect((await erasing).out).toBe('2500 names erased\n');
    expect(await named()).toEqual([]);
  });
});
