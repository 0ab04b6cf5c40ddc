import { type Batch, type ClaimedEvent, type FailedEvent, OutboxStore } from './outbox-store.js';
import { Pause } from './pause.js';
import { type OutboxLog, type OutboxStats, type Publish } from './ports.js';
import { type Sql } from './sql.js';

export interface OutboxRelayOptions {
  /** The pool, never a transaction: every step of the relay commits on its own. */
  readonly sql: Sql;
  readonly publish: Publish;
  readonly log: OutboxLog;
  /** Events claimed and published at a time; default 100. */
  readonly batchSize?: number;
  /** How often to look for what no wake told of, in milliseconds; default 1000. */
  readonly pollMs?: number;
  /** How long a claim holds, in milliseconds; default 30 000. Must be longer than a publish may take. */
  readonly leaseMs?: number;
}

/** No event waits longer than this after a failure, so that a broker that is back is noticed soon. */
const maxRetryDelayMs = 5_000;
const maxBackoffMs = 1_000;

/**
 * Publishes what is in the outbox, at least once, in no promised order. Any number of relays may share a table. Nothing is ever given
 * up: an event that cannot be published is tried again for ever, and `stats()` shows it.
 */
export class OutboxRelay {
  private readonly store: OutboxStore;
  private readonly pause = new Pause();
  private running: Promise<void> | undefined;
  private stopping = false;
  private failures = 0;

  constructor(private readonly options: OutboxRelayOptions) {
    this.store = new OutboxStore(options.sql);
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  /** Lets the batch in hand finish, at most `timeoutMs` long. What is cut off is published again when its lease has run out. */
  async stop(timeoutMs = 10_000): Promise<void> {
    this.stopping = true;
    this.pause.wake();
    if (!this.running) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
    await Promise.race([this.running, timeout]);
    clearTimeout(timer);
    this.running = undefined;
  }

  /** Call after the commit of a transaction that appended. Cheap: many calls make one turn. */
  wake(): void {
    if (this.failures === 0) this.pause.wake();
  }

  stats(): Promise<OutboxStats> {
    return this.store.stats();
  }

  private async run(): Promise<void> {
    const { batchSize = 100, pollMs = 1_000 } = this.options;
    while (!this.stopping) {
      const claimed = await this.turn(batchSize);
      if (this.failures > 0) await this.pause.wait(Math.min(maxBackoffMs, 50 * 2 ** Math.min(this.failures, 10)));
      else if (claimed < batchSize) await this.pause.wait(pollMs);
    }
  }

  /** @returns how many events were claimed; never rejects, a relay that died would be noticed too late */
  private async turn(batchSize: number): Promise<number> {
    try {
      const batch = await this.store.claim(batchSize, this.options.leaseMs ?? 30_000);
      await this.relay(batch);
      return batch.events.length;
    } catch (error) {
      this.failed(reasonOf(error));
      return 0;
    }
  }

  private async relay(batch: Batch): Promise<void> {
    // Nothing due says nothing about the broker: what failed may just be waiting for its next turn.
    if (batch.events.length === 0) return;
    const results = await Promise.allSettled(batch.events.map((event) => this.publish(event)));
    const confirmed: string[] = [];
    const failed: FailedEvent[] = [];
    batch.events.forEach(({ seq }, index) => {
      const result = results[index];
      if (result?.status === 'rejected') failed.push({ seq, reason: reasonOf(result.reason) });
      else confirmed.push(seq);
    });
    await this.store.remove(batch.token, confirmed);
    await this.store.release(batch.token, failed, maxRetryDelayMs);
    // One event that nobody takes must not slow the others down; only when nothing got through is it the broker.
    if (failed.length > 0 && confirmed.length === 0) this.failed(failed[0]?.reason ?? '');
    else this.succeeded();
  }

  private async publish(event: ClaimedEvent): Promise<void> {
    const { exchange, type, id, body, headers } = event;
    await this.options.publish({ exchange, routingKey: type, messageId: id, body: Buffer.from(body), headers });
  }

  private failed(reason: string): void {
    this.failures += 1;
    if (this.failures === 1) this.options.log.warn('outbox.relay.failing', { reason });
  }

  private succeeded(): void {
    if (this.failures > 0) this.options.log.info('outbox.relay.recovered', { failures: this.failures });
    this.failures = 0;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
