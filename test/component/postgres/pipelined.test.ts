import { describe, expect, it } from '@jest/globals';
import { connect, statement } from '#postgres';
import { waitFor } from '../../support/wait-for.js';
import { expectClean, ids, insert, stageOfThings, stored } from './pipelined.fixture.js';

const stage = stageOfThings();

describe('a transaction of few round trips', () => {
  it('is READ COMMITTED, answers each statement with its rows, and tells of its commit', async () => {
    const found = await stage.transactions.run(async (tx) => {
      const [level, none] = await tx.all([
        statement<{ transaction_isolation: string }>('SHOW transaction_isolation'),
        ids,
      ]);
      const [first, second] = await tx.commit([insert(1, 'a"\\{,'), insert(2)]);
      return { level, none, first, second };
    });
    expect(found).toEqual({
      level: [{ transaction_isolation: 'read committed' }],
      none: [],
      first: [{ id: 1 }],
      second: [{ id: 2 }],
    });
    expect(await stored(stage)).toEqual([1, 2]);
    expect(stage.commits).toBe(1);
  });

  it('reads values as every other statement does, and passes lists as they are', async () => {
    const names = ['a', 'b"\\', '', 'NULL', '{c,d}'];
    const [[row]] = await stage.transactions.run((tx) =>
      tx.all([
        statement<{ names: string[] }>(
          `SELECT $1::text[] AS names, 7::bigint AS big, now() AS time, '\\x01'::bytea AS bytes,
             $2::int AS number, $3::text AS nothing`,
          [names, 8, null],
        ),
      ]),
    );
    expect(row).toEqual({
      names,
      big: 7,
      time: expect.any(Date),
      bytes: Buffer.from([1]),
      number: 8,
      nothing: null,
    });
  });

  it('rolls back what it did not commit, and what throws, and tells nobody', async () => {
    await stage.transactions.run((tx) => tx.all([insert(1)]));
    const throwing = stage.transactions.run(async (tx) => {
      await tx.all([insert(2)]);
      throw new Error('no');
    });
    await expect(throwing).rejects.toThrow('no');
    expect(await stored(stage)).toEqual([]);
    expect(stage.commits).toBe(0);
    await expectClean(stage);
  });

  it('tells of a commit also where something throws after it', async () => {
    const throwing = stage.transactions.run(async (tx) => {
      await tx.commit([insert(1)]);
      throw new Error('late');
    });
    await expect(throwing).rejects.toThrow('late');
    expect([await stored(stage), stage.commits]).toEqual([[1], 1]);
  });

  it('sees in each statement what was committed while an earlier one waited', async () => {
    await stage.database.query('INSERT INTO thing VALUES (1)');
    const holder = await connect({ url: stage.database.ownerUrl, poolSize: 1 });
    const found = await holder.transaction(async (held) => {
      await held.query('SELECT FROM thing WHERE id = 1 FOR UPDATE');
      const waiting = stage.transactions.run((tx) =>
        tx.all([statement('SELECT FROM thing WHERE id = 1 FOR UPDATE'), ids]),
      );
      await waitFor(
        async () =>
          (await stage.database.query('SELECT FROM pg_locks WHERE NOT granted')).length > 0,
      );
      await held.query('INSERT INTO thing VALUES (2)');
      return { waiting };
    });
    expect((await found.waiting)[1]).toEqual([{ id: 1 }, { id: 2 }]);
    await holder.destroy();
  });
});
