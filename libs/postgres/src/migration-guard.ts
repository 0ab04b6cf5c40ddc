import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, type QueryRunner } from 'typeorm';
import { rows } from './sql.js';

/**
 * Any constant: every migration of this database takes this lock, so replicas that
 * start together migrate once.
 */
const migrationLock = 7_300_146;

const pollMs = 100;
const sayEveryMs = 30_000;

/**
 * Runs `work` while no other migration of this database runs. The lock belongs to a
 * transaction that stays open meanwhile: a pooler may give the next statement of a
 * session to another connection, but not that of a transaction.
 * @param waiting called with what it waits for, at once and every 30 seconds
 */
export async function withMigrationLock<T>(
  owner: DataSource,
  waiting: (reason: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const guard = owner.createQueryRunner();
  try {
    await takeLock(guard, waiting);
    const result = await work();
    // Fails if the lock was lost with its connection: then another may
    // have run at the same time.
    await guard.commitTransaction();
    return result;
  } finally {
    await guard.release();
  }
}

/**
 * Polls for the lock: a waiting statement holds a snapshot, for whose end CREATE INDEX
 * CONCURRENTLY would wait, so that both would block.
 */
async function takeLock(guard: QueryRunner, waiting: (reason: string) => void): Promise<void> {
  for (let round = 0; ; round += 1) {
    await guard.startTransaction();
    if (await isTaken(guard)) return;
    if ((round * pollMs) % sayEveryMs === 0) waiting(await holder(guard));
    await guard.rollbackTransaction();
    await sleep(pollMs);
  }
}

/**
 * The limits of idle transactions are for those that were forgotten. The last statement
 * has no parameters: the driver sends one that has some as a portal, which holds its
 * snapshot until the next statement.
 */
async function isTaken(guard: QueryRunner): Promise<boolean> {
  const unlimited = "SELECT set_config(name, '0', true) FROM pg_settings WHERE name = ANY($1)";
  await guard.query(unlimited, [['idle_in_transaction_session_timeout', 'transaction_timeout']]);
  const [lock] = await rows<{ taken: boolean }>(
    guard,
    `SELECT pg_try_advisory_xact_lock(${migrationLock}) AS taken`,
  );
  return lock?.taken === true;
}

async function holder(guard: QueryRunner): Promise<string> {
  const [found] = await rows<{ pid: number; since: Date | null }>(
    guard,
    `SELECT pid, backend_start AS since
     FROM pg_locks
     LEFT JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory'
       AND classid = 0
       AND objid = $1
       AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [migrationLock],
  );
  const since = found?.since?.toISOString() ?? 'unknown';
  const process =
    found === undefined ? '' : ` (process ${found.pid} of PostgreSQL, connected since ${since})`;
  return `another migration of this database is running${process}`;
}
