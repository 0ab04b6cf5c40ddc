import { randomUUID } from 'node:crypto';
import { rows, type Sql } from '#postgres';
import {
  type Batch,
  type ClaimedEvent,
  type Confirmed,
  type FailedEvent,
  type Outbox,
} from './outbox.js';
import { type OutboxStats } from './ports.js';

/** What is still ours of a batch. */
const removal = 'DELETE FROM outbox WHERE lease_token = $1 AND seq = ANY($2::bigint[])';

/**
 * Its transaction does not wait until it is on disk: a crash that undoes a claim or a
 * removal publishes again, and no more than that.
 */
const withoutFlush = "(SELECT set_config('synchronous_commit', 'off', true)) = 'off'";

/**
 * The outbox in its table. Time is the database's own, so that the clocks of
 * the replicas do not matter.
 */
export class SqlOutbox implements Outbox {
  /**
   * @param sql the pool, never a transaction: every step of the relay commits on its own
   */
  constructor(private readonly sql: Sql) {}

  /**
   * One statement and one commit a batch, also where one is removed and another claimed.
   * What is removed is never claimed again by it, though its lease may have run out.
   *
   * It is removed before anything is claimed. Removing may wait for a claim of another
   * relay, which waits for nobody; if two had claimed each other's rows before, since
   * their leases ran out during an outage, both would wait.
   */
  async claim(limit: number, leaseMs: number, confirmed?: Confirmed): Promise<Batch> {
    const token = randomUUID();
    const events = await rows<ClaimedEvent>(
      this.sql,
      `WITH removed AS (${removal} RETURNING seq),
       due AS (
         SELECT seq
         FROM outbox
         WHERE (SELECT count(*) FROM removed) >= 0
           AND next_attempt_at <= clock_timestamp()
           AND (lease_until IS NULL OR lease_until <= clock_timestamp())
           AND (lease_token = $1) IS NOT TRUE
         ORDER BY seq
         LIMIT $3
         FOR UPDATE SKIP LOCKED
       )
       UPDATE outbox
       SET lease_token = $4,
         lease_until = clock_timestamp() + make_interval(secs => $5 / 1000.0)
       FROM due
       WHERE outbox.seq = due.seq
         AND ${withoutFlush}
       RETURNING outbox.seq::text, id, exchange, type, payload::text AS body, headers`,
      [confirmed?.token ?? null, confirmed?.seqs ?? [], limit, token, leaseMs],
    );
    return { token, events: events.sort((a, b) => Number(a.seq) - Number(b.seq)) };
  }

  async remove({ token, seqs }: Confirmed): Promise<number> {
    if (seqs.length === 0) return 0;
    return (await rows(this.sql, `${removal} AND ${withoutFlush} RETURNING seq`, [token, seqs]))
      .length;
  }

  /**
   * With jitter of up to a half, so that what failed together
   * does not come back together.
   */
  async release(token: string, failed: readonly FailedEvent[], maxDelayMs: number): Promise<void> {
    if (failed.length === 0) return;
    await this.sql.query(
      `UPDATE outbox
       SET lease_token = NULL,
         lease_until = NULL,
         last_error = left(failed.reason, 500),
         attempts = attempts + counts::integer,
         next_attempt_at = CASE
           WHEN counts THEN clock_timestamp() + make_interval(
             secs => least($5, 250 * 2 ^ least(attempts, 16)) * (1 - random() / 2) / 1000.0
           )
           ELSE next_attempt_at
         END
       FROM unnest($2::bigint[], $3::text[], $4::boolean[]) AS failed (seq, reason, counts)
       WHERE outbox.seq = failed.seq
         AND lease_token = $1`,
      [
        token,
        failed.map(({ seq }) => seq),
        failed.map(({ reason }) => reason),
        failed.map(({ counts }) => String(counts)),
        maxDelayMs,
      ],
    );
  }

  async stats(): Promise<OutboxStats> {
    const [stats] = await rows<OutboxStats>(
      this.sql,
      `SELECT count(*)::integer AS depth,
         coalesce(max(attempts), 0) AS "maxAttempts",
         coalesce(
           extract(epoch FROM clock_timestamp() - min(created_at)),
           0
         )::float8 AS "oldestSeconds"
       FROM outbox`,
    );
    return stats ?? { depth: 0, oldestSeconds: 0, maxAttempts: 0 };
  }
}
