import { rows, type Sql } from '#postgres';
import { type Done } from './job.js';

/**
 * The statements of leadership. Time is the database's own, so that the clocks of
 * the replicas do not matter.
 */
export class LeaseStore {
  constructor(private readonly sql: Sql) {}

  async register(names: readonly string[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO leadership (name)
       SELECT unnest($1::text[])
       ON CONFLICT DO NOTHING`,
      [names],
    );
  }

  /**
   * Renews the leases of `holder` and takes free ones, for `leaseMs` milliseconds. A row
   * locked by another replica is skipped, and a lease held by another is not touched, so
   * waiting for leadership writes nothing.
   * @returns the names that are now `holder`'s
   */
  async renew(
    holder: string,
    names: readonly string[],
    leaseMs: number,
  ): Promise<ReadonlySet<string>> {
    const held = await rows<{ name: string }>(
      this.sql,
      `WITH mine AS (
         SELECT name
         FROM leadership
         WHERE name = ANY($2)
           AND (holder = $1 OR until <= clock_timestamp())
         FOR UPDATE SKIP LOCKED
       )
       UPDATE leadership
       SET holder = $1, until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
       FROM mine
       WHERE leadership.name = mine.name
       RETURNING leadership.name`,
      [holder, names, leaseMs],
    );
    return new Set(held.map(({ name }) => name));
  }

  /** Releases the leases that `holder` has of `names`; another may take them at once. */
  async release(holder: string, names: readonly string[]): Promise<void> {
    await this.sql.query(
      `UPDATE leadership
       SET holder = NULL, until = '-infinity'
       WHERE holder = $1
         AND name = ANY($2)`,
      [holder, names],
    );
  }

  async recordRun(job: string, done: Done): Promise<void> {
    await this.sql.query(
      `INSERT INTO job_run (job, finished_at, done)
       VALUES ($1, clock_timestamp(), $2)
       ON CONFLICT (job) DO UPDATE
       SET finished_at = excluded.finished_at, done = excluded.done`,
      [job, JSON.stringify(done)],
    );
  }

  async recordFailure(job: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO job_run (job, failed_at, failures)
       VALUES ($1, clock_timestamp(), 1)
       ON CONFLICT (job) DO UPDATE
       SET failed_at = excluded.failed_at, failures = job_run.failures + 1`,
      [job],
    );
  }
}
