import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type QueryRunner } from 'typeorm';
import { connect, migrate, PipelinedTransactions, rows, statement, UnitOfWork } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';
import { pgbouncerTimeoutMs, type Pooler, startPgbouncer } from '../../support/pgbouncer.js';

let database: TestDatabase;
let pooler: Pooler;
let name: string;
beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  pooler = await startPgbouncer([database.ownerUrl, database.serviceUrl]);
  name = new URL(database.ownerUrl).pathname.slice(1);
}, pgbouncerTimeoutMs);
afterAll(async () => {
  await pooler.stop();
  await database.drop();
});

/** Runs for as long as another one needs to come. */
class MakeThing1700000000001 {
  up = (runner: QueryRunner) =>
    runner.query('CREATE TABLE thing AS SELECT 1 AS id FROM pg_sleep(0.7)');
  down = () => Promise.reject(new Error('forward only'));
}
class MakeIndex1700000000002 extends MakeThing1700000000001 {
  transaction = false;
  override up = (runner: QueryRunner) =>
    runner.query('CREATE INDEX CONCURRENTLY thing_index ON thing (id)');
}
const plan = () => ({
  migrationUrl: pooler.through(database.ownerUrl),
  serviceUrl: pooler.through(database.serviceUrl),
  migrations: [MakeThing1700000000001, MakeIndex1700000000002],
  grants: () => [],
});

const limits = `
  SELECT current_setting('DateStyle') AS dates,
    current_setting('bytea_output') AS bytes,
    current_setting('transaction_isolation') AS isolation,
    current_setting('statement_timeout') AS statement,
    current_setting('idle_in_transaction_session_timeout') AS idle,
    pg_backend_pid() AS pid`;
const ours = {
  dates: 'ISO, MDY',
  bytes: 'hex',
  isolation: 'read committed',
  statement: '10s',
  idle: '10s',
};

describe('behind PgBouncer in transaction mode', () => {
  it('one migration at a time runs, and the others say what they wait for', async () => {
    const reasons: string[] = [];
    const waiting = (reason: string) => reasons.push(reason);
    const done = await Promise.all([1, 2, 3].map(() => migrate({ ...plan(), waiting })));
    expect(done.map(({ length }) => length).sort()).toEqual([0, 0, 2]);
    expect(reasons).toHaveLength(2);
    expect(reasons[0]).toMatch(
      /^another migration of this database is running \(process \d+ of PostgreSQL, connected since 20/,
    );
  });

  it('every transaction of a service has our settings, on whichever connection it runs', async () => {
    await database.query(`ALTER DATABASE ${name} SET datestyle = 'German, DMY'`);
    await database.query(`ALTER DATABASE ${name} SET bytea_output = 'escape'`);
    await database.query(
      `ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`,
    );
    await pooler.reconnect();
    const services = await Promise.all(
      [1, 2, 3].map(() => connect({ url: pooler.through(database.serviceUrl), poolSize: 3 })),
    );
    const look = (service: (typeof services)[number]) =>
      new UnitOfWork(service).run(async (tx) => {
        await tx.query('SELECT pg_sleep(0.1)');
        return (await rows<{ pid: number }>(tx, limits))[0];
      });
    const found = await Promise.all(
      services.flatMap((service) => [look(service), look(service), look(service)]),
    );
    expect(new Set(found.map((row) => row?.pid)).size).toBeGreaterThan(3);
    for (const row of found) expect(row).toMatchObject(ours);
    await Promise.all(services.map((service) => service.destroy()));
  });

  it('a transaction whose statements travel together is one, on one connection, also where one fails, and leaves no statement there', async () => {
    const role = new URL(database.serviceUrl).username;
    await database.query(`GRANT SELECT, INSERT ON thing TO ${role}`);
    const service = await connect({ url: pooler.through(database.serviceUrl), poolSize: 4 });
    const transactions = new PipelinedTransactions(service);
    const add = (id: number, factor: number) =>
      transactions.run(async (tx) => {
        const pid = statement<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const before = await tx.all([pid, statement('SELECT pg_sleep(0.02)'), pid]);
        const [prepared] = await tx.all([statement('SELECT name FROM pg_prepared_statements')]);
        expect(prepared).toEqual([]);
        const insert = statement('INSERT INTO thing SELECT $1::int / $2::int', [id, factor]);
        const after = await tx.commit([insert, pid]);
        return new Set(
          [...before, ...after].flat().flatMap((row) => (row as { pid?: number }).pid ?? []),
        );
      });
    const work = Array.from({ length: 12 }, (_, at) => add(100 + at, at % 3 === 0 ? 0 : 1));
    const found = await Promise.allSettled(work);
    for (const [at, one] of found.entries())
      if (at % 3 === 0) expect(one).toMatchObject({ reason: { code: '22012' } });
      else expect(one).toMatchObject({ status: 'fulfilled', value: { size: 1 } });
    expect(await rows(service, 'SELECT FROM thing WHERE id >= 100')).toHaveLength(8);
    await service.destroy();
  });

  it('a command goes by the limits of the role, and changes them for nobody', async () => {
    const command = await connect({
      url: pooler.through(database.serviceUrl),
      statementTimeout: 0,
    });
    expect(await rows(command, limits)).toMatchObject([ours]);
    await command.destroy();
  });

  it('a service whose settings are not in force does not start, and says which and what helps', async () => {
    const service = new pg.Client({ connectionString: database.serviceUrl });
    await service.connect();
    await service.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} RESET ALL`);
    await service.end();
    await pooler.reconnect();
    const starting = connect({ url: pooler.through(database.serviceUrl) }, { timeoutMs: 0 });
    await expect(starting).rejects.toThrow(
      /behind a pooler, bytea_output is escape, not hex; .*statement_timeout is 0, not 10000.*RECONNECT/,
    );
    // The owner has no settings of ours.
    await expect(migrate(plan())).rejects.toThrow(
      /behind a pooler, bytea_output is escape.*ALTER ROLE/,
    );
    await migrate({ ...plan(), migrationUrl: database.ownerUrl });
    await (await connect({ url: pooler.through(database.serviceUrl) }, { timeoutMs: 0 })).destroy();
  });
});
