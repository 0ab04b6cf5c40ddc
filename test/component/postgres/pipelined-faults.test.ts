import { type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  isDatabaseUnavailable,
  isUniqueViolation,
  type PipelinedTransaction,
  statement,
} from '#postgres';
import { within } from '#waiting';
import { waitFor } from '../../support/wait-for.js';
import { expectClean, insert, stageOfThings, stored } from './pipelined.fixture.js';

const stage = stageOfThings();
const pid = statement<{ pid: number }>('SELECT pg_backend_pid() AS pid');

describe('a statement that fails', () => {
  const twice = [insert(1), insert(1), insert(2)] as const;

  it.each(['all', 'commit'] as const)(
    'by %s is told with its SQLSTATE and constraint, nothing behind it is done, and the connection is as before',
    async (how) => {
      const failed = await stage.transactions
        .run((tx) => tx[how](twice))
        .catch((error: unknown) => error);
      expect(isUniqueViolation(failed, 'thing_pkey')).toBe(true);
      expect(isDatabaseUnavailable(failed)).toBe(false);
      expect([await stored(stage), stage.commits]).toEqual([[], 0]);
      await expectClean(stage);
    },
  );

  it('cannot be overlooked: the commit of a transaction that has failed is a failure', async () => {
    const committing = stage.transactions.run(async (tx) => {
      await tx.all(twice).catch(() => undefined);
      await tx.commit([]);
    });
    await expect(committing).rejects.toThrow('rolled back at its commit');
    expect(stage.commits).toBe(0);
    await expectClean(stage);
  });

  it('at the very commit is told, and nothing is committed', async () => {
    await stage.database.query(
      `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE 'refused'; END $$`,
    );
    await stage.database.query(
      `CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON thing
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    await expect(stage.transactions.run((tx) => tx.commit([insert(1)]))).rejects.toMatchObject({
      code: 'P0001',
    });
    expect([await stored(stage), stage.commits]).toEqual([[], 0]);
    await expectClean(stage);
  });

  it('for its time is told as an outage, like any other', async () => {
    const slow = await stage.transactions
      .run((tx) => tx.all([insert(1), statement('SELECT pg_sleep(5)')]))
      .catch((error: unknown) => error);
    expect(slow).toMatchObject({ code: '57014' });
    expect(isDatabaseUnavailable(slow)).toBe(true);
    await expectClean(stage);
  });

  it('for a value that cannot be read is told, and the connection is as before', async () => {
    const unreadable = statement('SELECT $1::json AS value', ['not json']);
    await expect(stage.transactions.run((tx) => tx.all([unreadable]))).rejects.toMatchObject({
      code: '22P02',
    });
    await expectClean(stage);
  });
});

/** The socket of a transaction's connection, which nobody else may break. */
const socketOf = (tx: PipelinedTransaction): Socket =>
  (tx as unknown as { client: { connection: { stream: Socket } } }).client.connection.stream;

describe('a connection that dies', () => {
  const end = async (id: number | undefined) => {
    await stage.database.query('SELECT pg_terminate_backend($1)', [id]);
    const isThere = 'SELECT FROM pg_stat_activity WHERE pid = $1';
    await waitFor(async () => (await stage.database.query(isThere, [id])).length === 0);
  };
  const expectAway = async (work: Promise<unknown>) => {
    expect(isDatabaseUnavailable(await work.catch((error: unknown) => error))).toBe(true);
    await expectClean(stage);
    expect(stage.commits).toBe(0);
  };

  it('before the first statement is an outage, and the next transaction gets another one', async () => {
    const dying = stage.transactions.run(async (tx) => {
      const [[own]] = await tx.all([pid]);
      await end(own?.pid);
      return tx.all([insert(1)]);
    });
    await expectAway(dying);
    expect(await stored(stage)).toEqual([]);
  });

  it('while a statement is under way is an outage, and the next transaction gets another one', async () => {
    const dying = stage.transactions.run(async (tx) => {
      const [[own]] = await tx.all([pid]);
      const waiting = tx.all([insert(1), statement('SELECT pg_sleep(0.9)')]);
      await sleep(100);
      await end(own?.pid);
      return waiting;
    });
    await expectAway(dying);
  });

  it('before the commit is an outage, and nothing is committed', async () => {
    const dying = stage.transactions.run(async (tx) => {
      const [[own]] = await tx.all([pid, insert(1)]);
      await end(own?.pid);
      await tx.commit([insert(2)]);
    });
    await expectAway(dying);
    expect(await stored(stage)).toEqual([]);
  });

  it('while it commits is an outage, whatever the socket says of it: the commit may be done', async () => {
    const dying = stage.transactions.run(async (tx) => {
      const committing = tx.commit([insert(1), statement('SELECT pg_sleep(0.3)')]);
      await sleep(100);
      socketOf(tx).destroy(Object.assign(new Error('not TLS'), { code: 'EPROTO' }));
      return committing;
    });
    await expectAway(dying);
  });

  it('without a word is an outage after the time of a trip, and the next transaction gets another one', async () => {
    let silent = 0;
    const dying = stage.transactions.run(async (tx) => {
      const [[own]] = await tx.all([pid]);
      silent = own?.pid ?? 0;
      process.kill(silent, 'SIGSTOP');
      return tx.all([insert(1)]);
    });
    const answer = await within(
      6_000,
      dying.catch((error: unknown) => error),
    );
    process.kill(silent, 'SIGCONT');
    expect(isDatabaseUnavailable(answer)).toBe(true);
    await expectClean(stage);
  });

  it('while its work waits for something else harms nobody', async () => {
    const dying = stage.transactions.run(async (tx) => {
      const [[own]] = await tx.all([pid, insert(1)]);
      await end(own?.pid);
      return 'nothing more to do';
    });
    await expect(dying).resolves.toBe('nothing more to do');
    await expectClean(stage);
    expect(await stored(stage)).toEqual([]);
  });
});
