import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { claim, idempotencySchema, purge, readIdempotencyKey } from '#idempotency';
import { connect, type Sql, UnitOfWork } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

const scope = { actorId: 'ann', route: 'reply.create', ticketId: 't1', key: 'k' };
let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  for (const statement of idempotencySchema.tables) await database.query(statement);
  source = await connect({ url: database.ownerUrl });
});
beforeEach(() => database.query('TRUNCATE idempotency'));
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const claimNow = (resourceId: string, change: object = {}) =>
  new UnitOfWork(source).run((tx) =>
    claim(tx, { ...scope, ...change }, resourceId, { n: resourceId }),
  );

describe('claim', () => {
  it('is told to be first once, and afterwards is given the first resource and answer', async () => {
    await expect(claimNow('r1')).resolves.toEqual({ first: true });
    await expect(claimNow('r2')).resolves.toEqual({
      first: false,
      resourceId: 'r1',
      answer: { n: 'r1' },
    });
  });

  it.each([
    { actorId: 'bob' },
    { route: 'other' },
    { ticketId: 't2' },
    { ticketId: undefined },
    { key: 'K' },
  ])('takes the key of another scope %j for another key', async (change) => {
    await claimNow('r1');
    await expect(claimNow('r2', change)).resolves.toEqual({ first: true });
  });

  it('lets the second of two at once wait for the commit of the first', async () => {
    const answers = await Promise.all(
      ['r1', 'r2', 'r3', 'r4'].map((resourceId) => claimNow(resourceId)),
    );
    const first = answers.filter((answer) => answer.first);
    const ids = new Set(answers.map((answer) => (answer.first ? undefined : answer.resourceId)));
    ids.delete(undefined);
    expect([first.length, ids.size]).toEqual([1, 1]);
  });

  it('forgets a claim whose transaction rolled back', async () => {
    const failing = new UnitOfWork(source).run(async (tx) => {
      await claim(tx, scope, 'r1');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(claimNow('r2')).resolves.toEqual({ first: true });
  });

  it('takes over a record that is older than 24 hours, and keeps a younger one', async () => {
    await claimNow('r1');
    await database.query(
      "UPDATE idempotency SET created_at = now() - interval '23 hours 59 minutes'",
    );
    await expect(claimNow('r2')).resolves.toMatchObject({ first: false, resourceId: 'r1' });
    await database.query(
      "UPDATE idempotency SET created_at = now() - interval '24 hours 1 minute'",
    );
    await expect(claimNow('r3')).resolves.toEqual({ first: true });
    await expect(claimNow('r4')).resolves.toMatchObject({ resourceId: 'r3', answer: { n: 'r3' } });
  });
});

describe('purge', () => {
  it('deletes what is older than 24 hours and nothing else', async () => {
    await claimNow('r1');
    await claimNow('r2', { key: 'old' });
    await database.query(
      `UPDATE idempotency
       SET created_at = now() - interval '25 hours'
       WHERE key = 'old'`,
    );
    await purge(source);
    await expect(database.query('SELECT key FROM idempotency')).resolves.toEqual([{ key: 'k' }]);
  });

  it('works off a backlog by short statements, and leaves to the next time what somebody holds', async () => {
    await database.query(
      `INSERT INTO idempotency
       SELECT 't', 'ann', 'reply.create', n::text, 'r', NULL, now() - interval '25 hours'
       FROM generate_series(1, 2500) n`,
    );
    const deleted: unknown[] = [];
    const counting: Sql = {
      query: async <T>(statement: string, parameters?: unknown[]) => {
        const answer = await source.query<[unknown, number]>(statement, parameters);
        deleted.push(answer[1]);
        return answer as T;
      },
    };
    await new UnitOfWork(source).run(async (tx) => {
      await tx.query("SELECT FROM idempotency WHERE key = '7' FOR UPDATE");
      await purge(counting);
    });
    expect(deleted).toEqual([1000, 1000, 499]);
    await purge(source);
    await expect(database.query('SELECT key FROM idempotency')).resolves.toEqual([]);
  });
});

describe('readIdempotencyKey', () => {
  it.each(['', 'x'.repeat(256), 'a\u0007', 'ä', ['a', 'b']])('refuses the key %j', (header) => {
    expect(() => readIdempotencyKey(header)).toThrow(/^invalid/);
  });

  it.each([undefined, 'a', '~'.repeat(255), 'with space'])('accepts the key %j', (header) => {
    expect(readIdempotencyKey(header)).toBe(header);
  });
});
