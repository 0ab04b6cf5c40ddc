import { randomUUID } from 'node:crypto';
import {
  type Batch,
  type ClaimedEvent,
  type Confirmed,
  type FailedEvent,
  type Outbox,
} from '../src/outbox.js';
import { type OutboxEvent } from '../src/append.js';
import { type OutboxStats } from '../src/ports.js';
import { traceHeaders } from '../src/trace-headers.js';

interface Row extends ClaimedEvent {
  readonly createdAt: number;
  attempts: number;
  nextAttemptAt: number;
  token: string | undefined;
  leaseUntil: number;
}

export type Append = (exchange: string, events: readonly OutboxEvent[]) => Promise<void>;

/**
 * An outbox for unit tests, gone with the process. It keeps every promise of
 * test/conformance/outbox.ts, as SqlOutbox does.
 */
export class InMemoryOutbox implements Outbox {
  private readonly rows: Row[] = [];
  private lastSeq = 0;

  /**
   * What was appended is in the outbox when `work` has resolved,
   * and never when it has not.
   */
  async transaction<T>(work: (append: Append) => Promise<T>): Promise<T> {
    const appended: Row[] = [];
    const result = await work((exchange, events) => {
      appended.push(...events.map((event) => this.rowOf(exchange, event)));
      return Promise.resolve();
    });
    const ids = [...this.rows, ...appended].map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new Error('the event is in the outbox already');
    this.rows.push(...appended);
    return result;
  }

  async claim(limit: number, leaseMs: number, confirmed?: Confirmed): Promise<Batch> {
    if (confirmed) await this.remove(confirmed);
    const token = randomUUID();
    const now = performance.now();
    const due = this.rows
      .filter(({ nextAttemptAt, leaseUntil }) => nextAttemptAt <= now && leaseUntil <= now)
      .slice(0, limit);
    for (const row of due) Object.assign(row, { token, leaseUntil: now + leaseMs });
    return {
      token,
      events: due.map(({ seq, id, exchange, type, body, headers }) => ({
        seq,
        id,
        exchange,
        type,
        body,
        headers,
      })),
    };
  }

  remove({ token, seqs }: Confirmed): Promise<number> {
    const ours = this.held(token, seqs);
    for (const row of ours) this.rows.splice(this.rows.indexOf(row), 1);
    return Promise.resolve(ours.length);
  }

  release(token: string, failed: readonly FailedEvent[], maxDelayMs: number): Promise<void> {
    for (const { seq, counts } of failed) {
      for (const row of this.held(token, [seq])) {
        const delay =
          Math.min(maxDelayMs, 250 * 2 ** Math.min(row.attempts, 16)) * (1 - Math.random() / 2);
        Object.assign(row, { token: undefined, leaseUntil: Number.NEGATIVE_INFINITY });
        if (counts)
          Object.assign(row, {
            attempts: row.attempts + 1,
            nextAttemptAt: performance.now() + delay,
          });
      }
    }
    return Promise.resolve();
  }

  stats(): Promise<OutboxStats> {
    const [oldest] = this.rows;
    return Promise.resolve({
      depth: this.rows.length,
      oldestSeconds: oldest === undefined ? 0 : (performance.now() - oldest.createdAt) / 1000,
      maxAttempts: Math.max(0, ...this.rows.map(({ attempts }) => attempts)),
    });
  }

  private held(token: string, seqs: readonly string[]): readonly Row[] {
    return this.rows.filter((row) => row.token === token && seqs.includes(row.seq));
  }

  private rowOf(exchange: string, event: OutboxEvent): Row {
    const now = performance.now();
    const { id, type } = event;
    const seq = String(++this.lastSeq);
    const due = {
      attempts: 0,
      nextAttemptAt: now,
      token: undefined,
      leaseUntil: Number.NEGATIVE_INFINITY,
    };
    return {
      seq,
      id,
      exchange,
      type,
      body: JSON.stringify(event),
      headers: traceHeaders(),
      createdAt: now,
      ...due,
    };
  }
}
