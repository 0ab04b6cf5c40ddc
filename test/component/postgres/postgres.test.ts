import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import {
  affected,
  connect,
  isDatabaseUnavailable,
  isUniqueViolation,
  rows,
  UnitOfWork,
} from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

let database: TestDatabase;
let service: DataSource;

beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  await database.query('CREATE TABLE thing (id bigint PRIMARY KEY, name text)');
  service = await connect({ url: database.ownerUrl });
});
afterAll(async () => {
  await service.destroy();
  await database.drop();
});

describe('rows', () => {
  it('gives the same shape for every statement, and reads int8 as a number', async () => {
    await expect(
      rows(service, "INSERT INTO thing VALUES (1, 'a'), (2, 'b') RETURNING id"),
    ).resolves.toEqual([{ id: 1 }, { id: 2 }]);
    await expect(
      rows(service, "UPDATE thing SET name = 'c' WHERE id = $1 RETURNING name", [1]),
    ).resolves.toEqual([{ name: 'c' }]);
    await expect(
      rows(service, 'UPDATE thing SET name = name WHERE id = 9 RETURNING name'),
    ).resolves.toEqual([]);
    await expect(rows(service, 'SELECT id FROM thing WHERE id = 9')).resolves.toEqual([]);
    await expect(affected(service, 'UPDATE thing SET name = name')).resolves.toBe(2);
  });
});

describe('UnitOfWork', () => {
  it('runs in READ COMMITTED, rolls back what throws, and tells afterCommit of commits only', async () => {
    let commits = 0;
    const unit = new UnitOfWork(service, () => (commits += 1));
    const level = await unit.run((tx) => rows(tx, 'SHOW transaction_isolation'));
    expect(level).toEqual([{ transaction_isolation: 'read committed' }]);
    const failing = unit.run(async (tx) => {
      await tx.query('INSERT INTO thing VALUES (3)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(commits).toBe(1);
    await expect(rows(service, 'SELECT 1 FROM thing WHERE id = 3')).resolves.toEqual([]);
  });
});

describe('error classification', () => {
  it('tells a database that is away from a statement that is wrong', async () => {
    const closed = new URL(database.ownerUrl);
    closed.port = '1';
    const refused = await connect({ url: closed.href }, { timeoutMs: 0 }).catch(
      (error: unknown) => error,
    );
    expect(isDatabaseUnavailable(refused)).toBe(true);
    const wrong = await rows(service, 'SELECT nonsense').catch((error: unknown) => error);
    expect(isDatabaseUnavailable(wrong)).toBe(false);
    const twice = await rows(service, 'INSERT INTO thing VALUES (1)').catch(
      (error: unknown) => error,
    );
    expect([
      isUniqueViolation(twice),
      isUniqueViolation(twice, 'thing_pkey'),
      isUniqueViolation(twice, 'other'),
    ]).toEqual([true, true, false]);
  });

  it('knows a connection that an administrator ended, and works again afterwards', async () => {
    const ended = await new UnitOfWork(service)
      .run(async (tx) => {
        const [{ pid }] = (await rows<{ pid: number }>(tx, 'SELECT pg_backend_pid() AS pid')) as [
          { pid: number },
        ];
        await service.query('SELECT pg_terminate_backend($1)', [pid]);
        // The end arrives a moment after it was asked for, so this waits for it.
        await tx.query('SELECT pg_sleep(10)');
      })
      .catch((error: unknown) => error);
    expect(isDatabaseUnavailable(ended)).toBe(true);
    await expect(rows(service, 'SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });
});
