import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource, type QueryRunner } from 'typeorm';
import { connect, migrate, type Migrations } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';

class MakeThing1700000000001 {
  up = (runner: QueryRunner) =>
    runner.query('CREATE TABLE thing (id bigint PRIMARY KEY, name text)');
  down = () => Promise.reject(new Error('forward only'));
}
const grants = (role: string) => [`GRANT SELECT, INSERT, UPDATE ON thing TO ${role}`];

let database: TestDatabase;
let service: DataSource;
const migrateIt = () =>
  migrate({
    migrationUrl: database.ownerUrl,
    serviceUrl: database.serviceUrl,
    migrations: [MakeThing1700000000001],
    grants,
  });

beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  await Promise.all([migrateIt(), migrateIt(), migrateIt()]);
  service = await connect({ url: database.serviceUrl });
});
afterAll(async () => {
  await service.destroy();
  await database.drop();
});

describe('migrate', () => {
  it('migrates once when several processes start together, and does nothing the next time', async () => {
    await expect(database.query('SELECT name FROM migration')).resolves.toHaveLength(1);
    await expect(migrateIt()).resolves.toEqual([]);
  });

  it.each([
    'CREATE TABLE x (id int)',
    'CREATE TEMPORARY TABLE x (id int)',
    'ALTER TABLE thing ADD y int',
    'DROP TABLE thing',
    'DELETE FROM thing',
  ])('leaves the service without the right to %s', async (statement) => {
    await expect(service.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('takes back what an earlier release was granted', async () => {
    await database.query(`GRANT DELETE ON thing TO ${new URL(database.serviceUrl).username}`);
    await migrateIt();
    await expect(service.query('DELETE FROM thing')).rejects.toThrow(/permission denied/);
  });

  it.each([true, false])(
    'records no migration before the service may use what it made (in a transaction: %s)',
    async (transaction) => {
      class MakeOther1700000000003 extends MakeThing1700000000001 {
        transaction = transaction;
        override up = (runner: QueryRunner) =>
          runner.query('CREATE TABLE IF NOT EXISTS other (id bigint PRIMARY KEY)');
      }
      const fail = () => ['GRANT SELECT ON nothing TO nobody'];
      const plan = {
        migrationUrl: database.ownerUrl,
        serviceUrl: database.serviceUrl,
        migrations: [MakeThing1700000000001, MakeOther1700000000003],
      };
      await expect(migrate({ ...plan, grants: fail })).rejects.toThrow(/does not exist/);
      const recorded = () =>
        database.query("SELECT FROM migration WHERE name = 'MakeOther1700000000003'");
      await expect(recorded()).resolves.toHaveLength(0);
      await migrate({
        ...plan,
        grants: (role) => [...grants(role), `GRANT SELECT ON other TO ${role}`],
      });
      await expect(recorded()).resolves.toHaveLength(1);
      await expect(service.query('SELECT FROM other')).resolves.toEqual([]);
      await database.query("DELETE FROM migration WHERE name = 'MakeOther1700000000003'");
    },
  );

  it('refuses a service role that may create tables in spite of all, and says what helps', async () => {
    const { username } = new URL(database.serviceUrl);
    await database.query(`GRANT CREATE ON SCHEMA public TO ${username}`);
    await expect(migrateIt()).rejects.toThrow(
      /may create tables .* ALTER SCHEMA public OWNER TO test_/,
    );
    await database.query(`REVOKE CREATE ON SCHEMA public FROM ${username}`);
    await migrateIt();
  });

  it('refuses a service role that is the owner', async () => {
    const plan = {
      migrationUrl: database.ownerUrl,
      serviceUrl: database.ownerUrl,
      migrations: [],
      grants,
    };
    await expect(migrate(plan)).rejects.toThrow(/must not be, or act as, the owner/);
  });
});

describe('connect', () => {
  class MakeMore1700000000002 extends MakeThing1700000000001 {}
  const release = (migrations: Migrations) => ({ url: database.serviceUrl, migrations });

  it('waits for the migrations of the release', async () => {
    const fresh = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
    const [migrationUrl, serviceUrl, migrations] = [
      fresh.ownerUrl,
      fresh.serviceUrl,
      [MakeThing1700000000001],
    ];
    const reasons: string[] = [];
    const connecting = connect(
      { url: serviceUrl, migrations },
      { onWait: ({ message }) => reasons.push(message) },
    );
    await waitFor(() => reasons.length > 0);
    await migrate({ migrationUrl, serviceUrl, migrations, grants });
    await (await connecting).destroy();
    expect(reasons).toEqual(['migrations have not run: MakeThing1700000000001']);
    await fresh.drop();
  });

  it('waits also while they have run and what it may do is not granted yet', async () => {
    await database.query(
      `REVOKE SELECT ON migration FROM ${new URL(database.serviceUrl).username}`,
    );
    const early = connect(release([MakeThing1700000000001]), { timeoutMs: 0 });
    await expect(early).rejects.toThrow('migrations have not run: MakeThing1700000000001');
    await migrateIt();
    await (await connect(release([MakeThing1700000000001]), { timeoutMs: 0 })).destroy();
  });

  it('names the migrations that do not come, and takes a schema that is ahead', async () => {
    const ahead = await connect(release([]), { timeoutMs: 0 });
    await ahead.destroy();
    const behind = connect(release([MakeThing1700000000001, MakeMore1700000000002]), {
      timeoutMs: 0,
    });
    await expect(behind).rejects.toThrow('migrations have not run: MakeMore1700000000002');
  });
});
