import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect, migrate, UnitOfWork } from '#postgres';
import { SigningKeyDirectory } from '#signing';
import { Checkpoints } from '../../../apps/credentials/src/audit/checkpoints.js';
import { CoveredChains1764000700000 } from '../../../apps/credentials/src/persistence/migrations/0008-covered-chains.js';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { SigningKeys } from '../../../apps/credentials/src/receipts/signing-keys.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
let database: TestDatabase;
let service: DataSource;
beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'));
  const urls = { migrationUrl: database.ownerUrl, serviceUrl: database.serviceUrl };
  const before = migrations.filter((migration) => migration !== CoveredChains1764000700000);
  await migrate({ ...urls, migrations: before, grants: () => [] });
  await grow('covered', 3);
  await theReleaseBefore(database);
  await grow('grown', 2);
  await migrate({ ...urls, migrations, grants });
  service = await connect({ url: database.serviceUrl });
});
afterAll(async () => {
  await service.destroy();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** The chain of a ticket now ends there. */
const grow = (ticketId: string, seq: number) =>
  database.query(
    `INSERT INTO access_log_head (ticket_id, seq, hash)
     VALUES ($1::text, $2, sha256($1::text::bytea))
     ON CONFLICT (ticket_id) DO UPDATE SET seq = excluded.seq`,
    [ticketId, seq],
  );

/**
 * Takes a checkpoint by the statements of the release before, though without a signature.
 */
async function theReleaseBefore(sql: {
  query(statement: string): Promise<unknown>;
}): Promise<void> {
  const statements = [
    `INSERT INTO audit_checkpoint
     SELECT count(*) + 1, clock_timestamp(), '', ''
     FROM audit_checkpoint`,
    `INSERT INTO audit_checkpoint_head
     SELECT (SELECT max(number) FROM audit_checkpoint), ticket_id, seq, hash
     FROM access_log_head
     WHERE seq > checkpointed_seq`,
    'UPDATE access_log_head SET checkpointed_seq = seq WHERE seq > checkpointed_seq',
  ];
  for (const statement of statements) await sql.query(statement);
}

const thisRelease = (seconds = 0): Promise<void> => {
  const keys = new SigningKeys(service, new SigningKeyDirectory(folder));
  return new Checkpoints(new UnitOfWork(service), keys, { seconds, file: undefined }).keep();
};

/** What each checkpoint covers. */
async function covered(): Promise<string[]> {
  const found = await database.query<{ heads: string }>(
    `SELECT string_agg(ticket_id || ' ' || seq, ', ' ORDER BY ticket_id) AS heads
     FROM audit_checkpoint_head
     GROUP BY number
     ORDER BY number`,
  );
  return found.map(({ heads }) => heads);
}

const countGrown = async (): Promise<number> =>
  (
    await database.query(
      `SELECT FROM access_log_head h
       WHERE NOT EXISTS (
         SELECT FROM audit_checkpoint_head c
         WHERE c.ticket_id = h.ticket_id
           AND c.seq = h.seq
       )`,
    )
  ).length;

describe('an upgrade of the credentials service', () => {
  it('covers nothing again that the release before has covered, and all that grew since', async () => {
    await thisRelease();
    expect(await covered()).toEqual(['covered 3', 'grown 2']);
  });

  it('forgets no chain while both releases take checkpoints: what the other has covered is covered once more', async () => {
    const before = (await covered()).length;
    await theReleaseBefore(service);
    await grow('covered', 4);
    await theReleaseBefore(service);
    await grow('grown', 3);
    await thisRelease();
    await theReleaseBefore(service);
    await thisRelease();
    expect((await covered()).slice(before)).toEqual([
      'grown 2',
      'covered 4',
      'covered 4, grown 3',
      'grown 3',
    ]);
  });
});

describe('checkpoints', () => {
  it('cover all that has grown when it is time, even if it is more than one of them holds', async () => {
    await database.query(
      `INSERT INTO access_log_head
       SELECT 'many ' || n, 1, ''
       FROM generate_series(1, 10001) n`,
    );
    await thisRelease(60);
    expect(await countGrown()).toBe(10_001);
    await database.query(`UPDATE audit_checkpoint SET at = at - interval '1 minute'`);
    await thisRelease(60);
    expect(await countGrown()).toBe(0);
    expect((await covered()).slice(-2).map((heads) => heads.split(', ').length)).toEqual([
      10_000, 1,
    ]);
  });
});
