import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect, migrate, rows, UnitOfWork } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

/**
 * What operators set for a whole database, each of them a reason
 * for our reading to go wrong.
 */
const hostile = {
  datestyle: 'German, DMY',
  timezone: 'America/St_Johns',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  search_path: 'pg_catalog',
  default_transaction_isolation: 'serializable',
  statement_timeout: '1h',
  lock_timeout: '1ms',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  const name = new URL(database.ownerUrl).pathname.slice(1);
  for (const [setting, value] of Object.entries(hostile))
    await database.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
});
afterAll(() => database.drop());

const instant = '2026-03-01T12:34:56.789Z';

async function requireOurs(service: DataSource): Promise<void> {
  const statement = String.raw`
    SELECT $1::timestamptz AS at, '\x00ff'::bytea AS bytes, (1::float8 / 3) AS third,
      '\n' AS two`;
  const read = (await rows(service, statement, [new Date(instant)]))[0];
  expect(read).toEqual({
    at: new Date(instant),
    bytes: Buffer.from([0, 255]),
    third: 1 / 3,
    two: String.raw`\n`,
  });
  const set = await new UnitOfWork(service).run((tx) =>
    rows(
      tx,
      `SELECT current_setting('transaction_isolation') AS isolation,
         current_setting('statement_timeout') AS statement,
         current_setting('idle_in_transaction_session_timeout') AS idle,
         current_setting('lock_timeout') AS lock,
         current_setting('search_path') AS path`,
    ),
  );
  expect(set).toEqual([
    {
      isolation: 'read committed',
      statement: '10s',
      idle: '10s',
      lock: '0',
      path: '"$user", public',
    },
  ]);
}

describe('a database with settings of its own', () => {
  it('is read as any other, before a migration and after it', async () => {
    const early = await connect({ url: database.serviceUrl });
    await requireOurs(early);
    await early.destroy();
    await migrate({
      migrationUrl: database.ownerUrl,
      serviceUrl: database.serviceUrl,
      migrations: [],
      grants: () => [],
    });
    const late = await connect({ url: database.serviceUrl });
    await requireOurs(late);
    await late.destroy();
  });

  it.each([
    '-c DateStyle=SQL,DMY -c statement_timeout=0 -c default_transaction_isolation=serializable',
    '-c x.y=z',
  ])('is read as any other by a URL with options=%s', async (options) => {
    const url = Object.assign(new URL(database.serviceUrl), {
      search: new URLSearchParams({ options }).toString(),
    }).href;
    const service = await connect({ url });
    await requireOurs(service);
    await service.destroy();
  });

  it('is read as any other by a command, whose statements have no limit', async () => {
    const command = await connect({ url: database.serviceUrl, statementTimeout: 0 });
    expect(
      await rows(
        command,
        "SELECT current_setting('statement_timeout') AS limit, $1::timestamptz AS at",
        [instant],
      ),
    ).toEqual([{ limit: '0', at: new Date(instant) }]);
    await command.destroy();
  });
});
