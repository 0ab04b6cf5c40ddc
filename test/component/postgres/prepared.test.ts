import { describe, expect, it } from '@jest/globals';
import {
  affected,
  connect,
  isDatabaseUnavailable,
  PipelinedTransactions,
  rows,
  statement,
} from '#postgres';
import { waitFor } from '../../support/wait-for.js';
import { expectClean, ids, insert, stageOfThings } from './pipelined.fixture.js';

const stage = stageOfThings();

const byId = 'SELECT name FROM thing WHERE id = ANY($1::int[])';
interface Prepared {
  readonly name: string;
  readonly generic: number;
  readonly custom: number;
}
/** What the connection's server process has under a statement's text. */
const preparedAs = (text: string): Promise<Prepared[]> =>
  rows<Prepared>(
    stage.statements,
    `SELECT name, generic_plans::int AS generic, custom_plans::int AS custom
     FROM pg_prepared_statements
     WHERE statement = $1`,
    [text],
  );

describe('a statement that is sent again', () => {
  it('is parsed once, and planned once for all parameters, alone and within transactions', async () => {
    for (const list of [['1'], ['1', '2'], []]) {
      await stage.statements.query(byId, [list]);
      await stage.transactions.run((tx) => tx.all([statement(byId, [list])]));
    }
    expect(await preparedAs(byId)).toMatchObject([{ generic: 6, custom: 0 }]);
  });

  it.each([
    'SELECT name FROM thing WHERE id = ANY($1::int[]) AND name IS NOT NULL',
    'SELECT name FROM unnest($1::int[]) AS wanted (of_id) JOIN thing ON id = of_id',
  ])('goes by the key, though it was planned while the table was one page: %s', async (text) => {
    await stage.database.query('INSERT INTO thing SELECT generate_series(1, 20)');
    await stage.database.query('ANALYZE thing');
    await stage.statements.query(text, [['1']]);
    const [{ name } = { name: '' }] = await preparedAs(text);
    const [, plan] = await stage.transactions.run((tx) =>
      tx.all([
        statement("SET LOCAL plan_cache_mode = 'force_generic_plan'"),
        statement(`EXPLAIN EXECUTE "${name}" ('{1}')`),
      ]),
    );
    expect(JSON.stringify(plan)).toMatch(/Index Cond: \(id = /);
    expect(JSON.stringify(plan)).not.toMatch(/Seq Scan on thing|Hash|Merge/);
  });

  it('answers as it did at first, with its rows and how many were changed', async () => {
    for (let times = 0; times < 2; times++) {
      await stage.statements.query('INSERT INTO thing SELECT id FROM generate_series(1, 3) id');
      expect(await affected(stage.statements, 'UPDATE thing SET name = $1', ['a'])).toBe(3);
      expect(await rows(stage.statements, 'SELECT id, name FROM thing WHERE id = 1')).toEqual([
        { id: 1, name: 'a' },
      ]);
      const removal = 'DELETE FROM thing WHERE id < $1 RETURNING id';
      expect(await rows(stage.statements, removal, [1])).toEqual([]);
      expect(await rows(stage.statements, removal, [9])).toHaveLength(3);
    }
  });

  it('is done though it stood, at its first time, at or behind one that failed', async () => {
    const last = statement('SELECT 1 AS one');
    const failing = [ids, insert(1), insert(1), last] as const;
    for (let times = 0; times < 2; times++)
      await expect(stage.transactions.run((tx) => tx.all(failing))).rejects.toMatchObject({
        code: '23505',
      });
    const [found, one] = await stage.transactions.run((tx) => tx.all([ids, last]));
    expect([found, one]).toEqual([[], [{ one: 1 }]]);
    await expect(stage.statements.query('SELECT 1 / $1::int', [0])).rejects.toThrow('zero');
    expect(await rows(stage.statements, 'SELECT 1 / $1::int AS one', [1])).toEqual([{ one: 1 }]);
    await expectClean(stage);
  });
});

describe('a migration that changes what a statement returns', () => {
  const all = 'SELECT * FROM thing';
  const add = 'ALTER TABLE thing ADD COLUMN more int DEFAULT 7';
  const drop = 'ALTER TABLE thing DROP COLUMN more';

  it('is not noticed by who sends a statement', async () => {
    await stage.database.query('INSERT INTO thing VALUES (1)');
    expect(await rows(stage.statements, all)).toEqual([{ id: 1, name: null }]);
    await stage.database.query(add);
    expect(await rows(stage.statements, all)).toEqual([{ id: 1, name: null, more: 7 }]);
    await stage.database.query(drop);
    expect(await rows(stage.statements, all)).toEqual([{ id: 1, name: null }]);
  });

  it('fails a transaction once, which may be repeated', async () => {
    const look = () => stage.transactions.run((tx) => tx.all([statement(all)]));
    await look();
    await stage.database.query(add);
    await expect(look()).rejects.toMatchObject({ code: '0A000' });
    expect(await look()).toEqual([[]]);
    await stage.database.query(drop);
    await expect(look()).rejects.toMatchObject({ code: '0A000' });
    expect(await look()).toEqual([[]]);
  });
});

describe('a trip that is under way', () => {
  it('is read as it was sent, though a migration is noticed on another connection meanwhile', async () => {
    const url = stage.database.ownerUrl;
    const service = await connect({ url, poolSize: 1 });
    const transactions = new PipelinedTransactions(service);
    const held = statement('SELECT pg_advisory_xact_lock(7)');
    const one = statement('SELECT 1 AS one');
    await transactions.run((tx) => tx.all([held, one]));
    const look = statement('SELECT * FROM thing');
    await stage.transactions.run((tx) => tx.all([look]));

    const waiting = await stage.transactions.run(async (tx) => {
      await tx.all([held]);
      const trip = transactions.run((other) => other.all([held, one]));
      await waitFor(async () => {
        const blocked = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        return (await stage.database.query(blocked)).length === 1;
      });
      await stage.database.query('ALTER TABLE thing ADD COLUMN more int');
      await expect(tx.all([look])).rejects.toMatchObject({ code: '0A000' });
      return { trip };
    });
    expect((await waiting.trip)[1]).toEqual([{ one: 1 }]);
    expect((await transactions.run((tx) => tx.all([one])))[0]).toEqual([{ one: 1 }]);
    await stage.database.query('ALTER TABLE thing DROP COLUMN more');
    await service.destroy();
  });
});

describe('a connection on which the server does not know a statement', () => {
  it('is taken for one of a pooler: its statements have no names from then on', async () => {
    await stage.statements.query(byId, [[]]);
    await stage.statements.query('DEALLOCATE ALL');
    expect(await rows(stage.statements, byId, [[]])).toEqual([]);
    expect(await preparedAs(byId)).toEqual([]);
  });
});

describe('a statement by itself', () => {
  it.each([[new Date()], [true], [[1]], [{}], [undefined]])(
    'with the parameter %p is refused before anything is sent',
    async (parameter) => {
      await expect(stage.statements.query('SELECT $1', [parameter])).rejects.toThrow(TypeError);
      await expectClean(stage);
    },
  );

  it('fails as an outage where its connection dies, and the next has another one', async () => {
    const pid = 'SELECT pg_backend_pid() AS pid';
    const [{ pid: own } = { pid: 0 }] = await rows<{ pid: number }>(stage.statements, pid);
    const ending = rows(stage.statements, 'SELECT pg_terminate_backend(pg_backend_pid())');
    expect(isDatabaseUnavailable(await ending.catch((error: unknown) => error))).toBe(true);
    const [{ pid: other } = { pid: 0 }] = await rows<{ pid: number }>(stage.statements, pid);
    expect(other).not.toBe(own);
  });
});
