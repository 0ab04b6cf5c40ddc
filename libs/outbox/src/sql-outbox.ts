import { randomUUID } from 'node:crypto';
import { rows, type Sql } from '#postgres';
import { type Batch, type ClaimedEvent, type FailedEvent, type Outbox } from './outbox.js';
import { type OutboxStats } from './ports.js';

/**
 * The outbox in its table. Time is the database's own, so that the clocks of
 * the replicas do not matter.
 */
export class SqlOutbox implements Outbox {
  /**
   * @param sql the pool, never a transaction: every step of the relay commits on its own
   */
  constructor(private readonly sql: Sql) {}

  async claim(limit: number, leaseMs: number): Promise<Batch> {
    const token = randomUUID();
    const events = await rows<ClaimedEvent>(
      this.sql,
      `WITH due AS (
         SELECT seq
         FROM outbox
         WHERE next_attempt_at <= clock_timestamp()
           AND (lease_until IS NULL OR lease_until <= clock_timestamp())
         ORDER BY seq
         LIMIT $1
         FOR UPDATE SKIP LOCKED
       )
       UPDATE outbox
       SET lease_token = $2,
         lease_until = clock_timestamp() + make_interval(secs => $3 / 1000.0)
       FROM due
       WHERE outbox.seq = due.seq
       RETURNING outbox.seq::text, id, exchange, type, payload::text AS body, headers`,
      [limit, token, leaseMs],
    );
    return { token, events: events.sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1)) };
  }

  async remove(token: string, seqs: readonly string[]): Promise<number> {
    if (seqs.length === 0) return 0;
    const removed = await rows(
      this.sql,
      `DELETE FROM outbox
       WHERE lease_token = $1
         AND seq = ANY($2::bigint[])
       RETURNING seq`,
      [token, seqs],
    );
    return removed.length;
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
        failed.map(({ counts }) => counts),
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
