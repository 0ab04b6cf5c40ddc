import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect, PipelinedTransactions, SingleStatements, statement } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

/** A table, and transactions on one connection: what one leaves behind meets the next. */
export interface Stage {
  database: TestDatabase;
  transactions: PipelinedTransactions;
  /** On the same connection. */
  statements: SingleStatements;
  /** How many commits it was told of. */
  commits: number;
}

/** To be called at the top of a test file; there to be used inside of its tests. */
export function stageOfThings(): Stage {
  const stage = { commits: 0 } as Stage;
  let service: DataSource;
  beforeAll(async () => {
    stage.database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
    await stage.database.query('CREATE TABLE thing (id int PRIMARY KEY, name text)');
    service = await connect({
      url: stage.database.ownerUrl,
      poolSize: 1,
      statementTimeout: 1000,
    });
    stage.statements = new SingleStatements(service);
    stage.transactions = new PipelinedTransactions(service, () => (stage.commits += 1), 2000);
  });
  afterAll(async () => {
    await service.destroy();
    await stage.database.drop();
  });
  beforeEach(async () => {
    await stage.database.query('DROP TRIGGER IF EXISTS refuse ON thing');
    await stage.database.query('TRUNCATE thing');
    stage.commits = 0;
  });
  return stage;
}

export const insert = (id: number, name: string | null = null) =>
  statement<{ id: number }>('INSERT INTO thing VALUES ($1, $2) RETURNING id', [id, name]);
export const ids = statement<{ id: number }>('SELECT id FROM thing ORDER BY id');
export const stored = async ({ database }: Stage): Promise<number[]> =>
  (await database.query<{ id: number }>('SELECT id FROM thing ORDER BY id')).map(({ id }) => id);

/** The next transaction on the same connection is not disturbed. */
export async function expectClean({ transactions }: Stage): Promise<void> {
  const left = statement<{ locked: number }>(
    `SELECT count(*)::int AS locked
     FROM pg_locks
     WHERE pid = pg_backend_pid()
       AND relation = 'thing'::regclass`,
  );
  await expect(transactions.run(async (tx) => (await tx.all([left]))[0])).resolves.toEqual([
    { locked: 0 },
  ]);
}
