import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect, UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { Checkpoints } from '../../../apps/credentials/src/audit/checkpoints.js';
import { verifyCheckpoints } from '../../../apps/credentials/src/audit/verify-checkpoints.js';
import { verifyLog } from '../../../apps/credentials/src/audit/verify-log.js';
import { SigningKeys } from '../../../apps/credentials/src/receipts/signing-keys.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
let database: DataSource;
let keys: SigningKeys;
let checkpoints: Checkpoints;
let file: string;
beforeAll(async () => {
  service = await startCredentials();
  database = await connect({ url: service.database.serviceUrl });
  keys = new SigningKeys(
    database,
    new SigningKeyDirectory(join(service.keyringDir, 'checkpoint-keys')),
  );
  file = join(service.keyringDir, 'checkpoints');
  checkpoints = new Checkpoints(new UnitOfWork(database), keys, { seconds: 0, file });
});
afterAll(async () => {
  await database.destroy();
  await service.stop();
});

/** A ticket whose chain has three entries. */
async function usedTicket(): Promise<string> {
  const { ticketId, path } = newTicket(service);
  await service.call('customer-1', 'POST', path, secret);
  await service.call('agent-1', 'POST', `${path}/reveal`);
  await service.call('agent-1', 'POST', `${path}/reveal`);
  return ticketId;
}

const verdict = async (kept?: readonly string[]) => ({
  log: (await verifyLog(database)).faults,
  signed: (await verifyCheckpoints(database, await keys.publicKeys(), kept)).faults,
});
/** How many chains each checkpoint covers. */
const covered = async (): Promise<number[]> =>
  (
    await service.database.query<{ chains: number }>(
      `SELECT count(*)::int AS chains
       FROM audit_checkpoint_head
       GROUP BY number
       ORDER BY number`,
    )
  ).map(({ chains }) => chains);

const sound = { log: [], signed: [] };
/** As whoever owns the database: what the service's role may not do. */
const tamper = (statement: string, ticketId: string) =>
  service.database.query(statement, [ticketId]);

/** Makes the chain of a ticket whole again without its last entry: head, hash and all. */
const rewriteWithoutLast = async (ticketId: string) => {
  await tamper('DELETE FROM access_log WHERE ticket_id = $1 AND seq = 3', ticketId);
  await tamper(
    `UPDATE access_log_head h
     SET seq = 2, hash = l.hash
     FROM access_log l
     WHERE h.ticket_id = $1
       AND l.ticket_id = $1
       AND l.seq = 2`,
    ticketId,
  );
};

describe('the access log', () => {
  it('verifies while nobody touched it, and names the first bad entry of a ticket that somebody did', async () => {
    const ids = [await usedTicket(), await usedTicket(), await usedTicket()];
    expect((await verdict()).log).toEqual([]);
    await tamper(
      "UPDATE access_log SET actor_id = 'somebody' WHERE ticket_id = $1 AND seq = 2",
      ids[0]!,
    );
    await tamper('DELETE FROM access_log WHERE ticket_id = $1 AND seq = 3', ids[1]!);
    await tamper('DELETE FROM access_log_head WHERE ticket_id = $1', ids[2]!);
    const faults = (await verdict()).log;
    expect(faults).toHaveLength(3);
    expect(faults).toEqual(
      expect.arrayContaining([
        { ticketId: ids[0], seq: 2, fault: 'changed' },
        { ticketId: ids[1], seq: 3, fault: 'missing' },
        { ticketId: ids[2], seq: 1, fault: 'not written by us' },
      ]),
    );
    const forget = `
      WITH gone AS (DELETE FROM access_log WHERE ticket_id = $1)
      DELETE FROM access_log_head WHERE ticket_id = $1`;
    for (const id of ids) await tamper(forget, id);
  });
});

describe('a checkpoint', () => {
  it('covers each chain that grew once, and is chained to the one before', async () => {
    const before = await covered();
    await usedTicket();
    await checkpoints.keep();
    await checkpoints.keep();
    await usedTicket();
    await checkpoints.keep();
    expect((await covered()).slice(before.length)).toEqual([1, 1]);
    expect(await verdict()).toEqual(sound);
  });

  it('is published as an event', async () => {
    await usedTicket();
    await service.database.query(
      `CREATE TABLE seen (payload jsonb);
       CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
       AS 'BEGIN INSERT INTO seen VALUES (NEW.payload); RETURN NEW; END'`,
    );
    await service.database.query(
      'CREATE TRIGGER see AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION see()',
    );
    await checkpoints.keep();
    const [seen] = await service.database.query<{ payload: any }>('SELECT payload FROM seen');
    await service.database.query('DROP TRIGGER see ON outbox');
    const [last] = await service.database.query(
      'SELECT number, jws FROM audit_checkpoint ORDER BY number DESC LIMIT 1',
    );
    expect(seen?.payload).toMatchObject({
      type: 'audit.checkpoint',
      subject: `checkpoint:${last!.number}`,
      data: last,
    });
  });

  it('shows that a chain was rewritten as a whole, which the chain itself cannot', async () => {
    const ticketId = await usedTicket();
    await checkpoints.keep();
    await rewriteWithoutLast(ticketId);
    const { log, signed } = await verdict();
    expect(log).toEqual([]);
    expect(signed).toEqual([expect.stringContaining(`entry 3 of ticket ${ticketId} is missing`)]);
    await tamper('DELETE FROM audit_checkpoint_head WHERE ticket_id = $1', ticketId);
    expect((await verdict()).signed).toEqual([
      expect.stringContaining('what it covered was changed'),
    ]);
  });

  it('that was kept elsewhere shows that the database has another, or none any more', async () => {
    const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');
    await usedTicket();
    await checkpoints.keep();
    writeFileSync(file, 'torn by a crash', { flag: 'a' });
    await usedTicket();
    await checkpoints.keep();
    const stored = await service.database.query('SELECT jws FROM audit_checkpoint ORDER BY number');
    expect(lines()).toEqual(stored.map(({ jws }) => jws));

    const before = (await verdict()).signed;
    expect((await verdict(lines())).signed).toEqual(before);
    expect((await verdict([...lines(), lines()[0]!])).signed).toHaveLength(before.length + 1);
    expect((await verdict([lines()[1]!, ...lines().slice(1)])).signed).toContain(
      'checkpoint 1: it is not the one that was kept',
    );
  });

  it('is never half there when two are taken at once', async () => {
    const before = await covered();
    await Promise.all([usedTicket(), usedTicket(), usedTicket()]);
    await Promise.all([checkpoints.keep(), checkpoints.keep(), checkpoints.keep()]);
    expect((await covered()).slice(before.length)).toEqual([3]);
  });

  it('is not taken before its time, whichever replica took the last one', async () => {
    const before = await covered();
    await usedTicket();
    await new Checkpoints(new UnitOfWork(database), keys, { seconds: 60, file: undefined }).keep();
    expect(await covered()).toEqual(before);
  });
});
