import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect, UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { CheckpointFile } from '../../../apps/credentials/src/audit/checkpoint-file.js';
import { TakeCheckpoint } from '../../../apps/credentials/src/audit/take-checkpoint.js';
import { verifyCheckpoints } from '../../../apps/credentials/src/audit/verify-checkpoints.js';
import { verifyLog } from '../../../apps/credentials/src/audit/verify-log.js';
import { SigningKeys } from '../../../apps/credentials/src/receipts/signing-keys.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
let database: DataSource;
let keys: SigningKeys;
let take: TakeCheckpoint;
beforeAll(async () => {
  service = await startCredentials();
  database = await connect({ url: service.database.serviceUrl });
  keys = new SigningKeys(database, new SigningKeyDirectory(join(service.keyringDir, 'checkpoint-keys')));
  take = new TakeCheckpoint(new UnitOfWork(database), keys);
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

const verdict = async (kept?: readonly string[]) => {
  const [log, signed] = [await verifyLog(database), await verifyCheckpoints(database, await keys.publicKeys(), kept)];
  return { log: log.faults, checkpoints: signed.faults };
};
const sound = { log: [], checkpoints: [] };

/** As whoever owns the database: what the service's role may not do. */
const tamper = (statement: string, ticketId: string) => service.database.query(statement, [ticketId]);

/** Makes the chain of a ticket whole again without its last entry: head, hash and all. */
const rewriteWithoutLast = async (ticketId: string) => {
  await tamper('DELETE FROM access_log WHERE ticket_id = $1 AND seq = 3', ticketId);
  await tamper(
    'UPDATE access_log_head h SET seq = 2, checkpointed_seq = 2, hash = l.hash FROM access_log l WHERE h.ticket_id = $1 AND l.ticket_id = $1 AND l.seq = 2',
    ticketId,
  );
};

describe('the access log', () => {
  it('verifies while nobody touched it, and names the first bad entry of a ticket that somebody did', async () => {
    const ids = [await usedTicket(), await usedTicket(), await usedTicket()];
    expect((await verdict()).log).toEqual([]);
    await tamper("UPDATE access_log SET actor_id = 'somebody' WHERE ticket_id = $1 AND seq = 2", ids[0]!);
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
    for (const id of ids)
      await tamper('WITH gone AS (DELETE FROM access_log WHERE ticket_id = $1) DELETE FROM access_log_head WHERE ticket_id = $1', id);
  });
});

describe('a checkpoint', () => {
  it('covers each chain that grew once, and is chained to the one before', async () => {
    await usedTicket();
    expect(await take.execute()).toBe(1);
    expect(await take.execute()).toBe(0);
    await usedTicket();
    expect(await take.execute()).toBe(1);
    expect(await verdict()).toEqual(sound);
  });

  it('is published as an event', async () => {
    await usedTicket();
    await service.database.query('CREATE TABLE seen (payload jsonb)');
    await service.database.query(
      `CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO seen VALUES (NEW.payload); RETURN NEW; END'`,
    );
    await service.database.query('CREATE TRIGGER see AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION see()');
    await take.execute();
    const [seen] = await service.database.query<{ payload: any }>('SELECT payload FROM seen');
    await service.database.query('DROP TRIGGER see ON outbox');
    const [last] = await service.database.query('SELECT number, jws FROM audit_checkpoint ORDER BY number DESC LIMIT 1');
    expect(seen?.payload).toMatchObject({ type: 'audit.checkpoint', subject: `checkpoint:${last!.number}`, data: last });
  });

  it('shows that a chain was rewritten as a whole, which the chain itself cannot', async () => {
    const ticketId = await usedTicket();
    await take.execute();
    await rewriteWithoutLast(ticketId);
    const { log, checkpoints } = await verdict();
    expect(log).toEqual([]);
    expect(checkpoints).toEqual([expect.stringContaining(`entry 3 of ticket ${ticketId} is missing`)]);
    await tamper('DELETE FROM audit_checkpoint_head WHERE ticket_id = $1', ticketId);
    expect((await verdict()).checkpoints).toEqual([expect.stringContaining('what it covered was changed')]);
  });

  it('that was kept elsewhere shows that the database has another, or none any more', async () => {
    const kept = join(service.keyringDir, 'checkpoints');
    const file = new CheckpointFile(database, kept);
    const lines = () => readFileSync(kept, 'utf8').trimEnd().split('\n');
    await file.catchUp();
    await usedTicket();
    await take.execute();
    writeFileSync(kept, 'torn by a crash', { flag: 'a' });
    await file.catchUp();
    await file.catchUp();
    const stored = await service.database.query('SELECT jws FROM audit_checkpoint ORDER BY number');
    expect(lines()).toEqual(stored.map(({ jws }) => jws));

    const before = (await verdict()).checkpoints;
    expect((await verdict(lines())).checkpoints).toEqual(before);
    expect((await verdict([...lines(), lines()[0]!])).checkpoints).toHaveLength(before.length + 1);
    expect((await verdict([lines()[1]!, ...lines().slice(1)])).checkpoints).toContain('checkpoint 1: it is not the one that was kept');
  });

  it('is never half there when two are taken at once', async () => {
    await Promise.all([usedTicket(), usedTicket(), usedTicket()]);
    const covered = await Promise.all([take.execute(), take.execute(), take.execute()]);
    expect(covered.sort()).toEqual([0, 0, 3]);
  });
});
