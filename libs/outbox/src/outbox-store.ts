import { randomUUID } from 'node:crypto';
import { type OutboxStats } from './ports.js';
import { rows, type Sql } from './sql.js';

/** A claimed row. `seq` is a bigint, which the driver answers as text. */
export interface ClaimedEvent {
  readonly seq: string;
  readonly id: string;
  readonly exchange: string;
  readonly type: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly attempts: number;
}

export interface Batch {
  /** The fence: whoever claims these rows later has another one. */
  readonly token: string;
  readonly events: readonly ClaimedEvent[];
}

export interface FailedEvent {
  readonly seq: string;
  readonly reason: string;
}

/** What the relay does to the table. Time is the database's own, so that the clocks of the replicas do not matter. */
export class OutboxStore {
  constructor(private readonly sql: Sql) {}

  /** Leases the oldest events that are due and nobody holds, for `leaseMs` milliseconds. */
  async claim(limit: number, leaseMs: number): Promise<Batch> {
    const token = randomUUID();
    const events = await rows<ClaimedEvent>(
      this.sql,
      `WITH due AS (
         SELECT seq FROM outbox
         WHERE next_attempt_at <= now() AND (lease_until IS NULL OR lease_until <= now())
         ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE outbox SET lease_token = $2, lease_until = now() + make_interval(secs => $3 / 1000.0)
       FROM due WHERE outbox.seq = due.seq
       RETURNING outbox.seq, id, exchange, type, payload::text AS body, headers, attempts`,
      [limit, token, leaseMs],
    );
    return { token, events: events.sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1)) };
  }

  /** Forgets confirmed events. @returns how many were still ours to forget */
  async remove(token: string, seqs: readonly string[]): Promise<number> {
    if (seqs.length === 0) return 0;
    const removed = await rows(this.sql, 'DELETE FROM outbox WHERE lease_token = $1 AND seq = ANY($2::bigint[]) RETURNING seq', [
      token,
      seqs,
    ]);
    return removed.length;
  }

  /** Gives failed events back, each to be tried again later: twice as late every time, never later than `maxDelayMs`. */
  async release(token: string, failed: readonly FailedEvent[], maxDelayMs: number): Promise<void> {
    if (failed.length === 0) return;
    await this.sql.query(
      `UPDATE outbox SET lease_token = NULL, lease_until = NULL, attempts = attempts + 1, last_error = left(failed.reason, 500),
         next_attempt_at = now() + make_interval(secs => least($4, 250 * 2 ^ least(attempts, 16)) / 1000.0)
       FROM unnest($2::bigint[], $3::text[]) AS failed (seq, reason)
       WHERE outbox.seq = failed.seq AND lease_token = $1`,
      [token, failed.map(({ seq }) => seq), failed.map(({ reason }) => reason), maxDelayMs],
    );
  }

  async stats(): Promise<OutboxStats> {
    const [stats] = await rows<OutboxStats>(
      this.sql,
      `SELECT count(*)::integer AS depth, coalesce(max(attempts), 0) AS "maxAttempts",
         coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds" FROM outbox`,
    );
    return stats ?? { depth: 0, oldestSeconds: 0, maxAttempts: 0 };
  }
}
