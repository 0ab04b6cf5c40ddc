import { Backoff, InterruptibleSleep, settlesWithin } from '#waiting';
import {
  type Batch,
  type ClaimedEvent,
  type Confirmed,
  type FailedEvent,
  type Outbox,
} from './outbox.js';
import { isBrokerAway, type OutboxLog, type OutboxStats, type Publish } from './ports.js';

export interface OutboxRelayOptions {
  readonly outbox: Outbox;
  readonly publish: Publish;
  readonly log: OutboxLog;
  /** Events claimed and published at a time, at most; default 200. */
  readonly batchSize?: number;
  /** How often to poll for events without a wake, in milliseconds; default 1000. */
  readonly pollMs?: number;
  /**
   * How long a claim holds, in milliseconds; default 10 000. Must be longer than a
   * publish may take; after a crash events wait as long.
   */
  readonly leaseMs?: number;
  /**
   * The longest an event that failed waits for its next attempt, in
   * milliseconds; default 5000.
   */
  readonly maxRetryDelayMs?: number;
}

const [firstOutagePauseMs, maxOutagePauseMs] = [100, 1_000];
/** For so long what was confirmed waits to be removed with the next claim. */
const removalDelayMs = 50;

/** What a turn has found: a full batch, which may not be all, or less. */
type Found = 'full' | 'some' | 'none';

/**
 * Publishes what is in the outbox, at least once, in no promised order. Any number of
 * relays may share a table. No event is ever given up: one that cannot be published is
 * retried without end, and `stats()` shows it.
 *
 * A batch is published when it has been claimed, and removed by the step that claims the
 * next one, or soon after. What is committed meanwhile is in that one, however often the
 * relay is woken.
 *
 * Two kinds of failure are kept apart. One event that fails waits for its own next
 * attempt and slows no other down. While the broker or the database is away no event
 * waits on its own: the relay pauses and then tries with a single one, so that an outage
 * costs nothing, counts nothing, and everything goes out within a second of its end.
 */
export class OutboxRelay {
  readonly name = 'outbox relay';
  private readonly pause = new InterruptibleSleep();
  private readonly backoff = new Backoff(firstOutagePauseMs, maxOutagePauseMs);
  private running: Promise<void> | undefined;
  /** By `performance.now()`; infinite until it is stopped. */
  private claimsUntil = Number.POSITIVE_INFINITY;
  /** Turns in a row that found the broker or the database away. */
  private outage = 0;
  /** Of the last batch: to be removed with the next claim. */
  private confirmed: Confirmed | undefined;

  constructor(private readonly options: OutboxRelayOptions) {}

  start(): void {
    this.claimsUntil = Number.POSITIVE_INFINITY;
    this.running ??= this.run();
  }

  /**
   * Publishes what is due by now, unless the broker or the database is away; at most
   * `timeoutMs` long. What is cut off is published again when its lease has run out, so
   * nothing is claimed in the second half of that time.
   */
  async stop(timeoutMs = 10_000): Promise<void> {
    this.claimsUntil = performance.now() + timeoutMs / 2;
    this.pause.wake();
    await settlesWithin(timeoutMs, this.running ?? Promise.resolve());
    this.running = undefined;
  }

  /**
   * Call after the commit of a transaction that appended.
   * Cheap: many calls make one turn.
   */
  wake(): void {
    if (this.outage === 0) this.pause.wake();
  }

  stats(): Promise<OutboxStats> {
    return this.options.outbox.stats();
  }

  private async run(): Promise<void> {
    const { pollMs = 1_000 } = this.options;
    while (!this.stopping) {
      const found = await this.turn();
      if (this.outage > 0) await this.pause.wait(this.backoff.next());
      else if (found === 'some') await this.pause.wait(Math.min(removalDelayMs, pollMs));
      else if (found === 'none') await this.pause.wait(pollMs);
    }
    while (this.outage === 0 && performance.now() < this.claimsUntil)
      if ((await this.turn()) === 'none') break;
    // If it fails, its events are published again.
    await this.removeConfirmed().catch(() => undefined);
  }

  private get stopping(): boolean {
    return this.claimsUntil !== Number.POSITIVE_INFINITY;
  }

  /** Never rejects: a dead relay would be noticed too late. */
  private async turn(): Promise<Found> {
    const { batchSize = 200 } = this.options;
    const limit = this.outage > 0 ? 1 : batchSize;
    try {
      const batch = await this.nextBatch(limit);
      const away = batch.events.length === 0 ? undefined : await this.relay(batch);
      if (away === undefined) this.available();
      else this.unavailable(away);
      if (batch.events.length === limit) return 'full';
      return batch.events.length > 0 ? 'some' : 'none';
    } catch (error) {
      this.unavailable(reasonOf(error));
      return 'none';
    }
  }

  private async nextBatch(limit: number): Promise<Batch> {
    const { outbox, leaseMs = 10_000 } = this.options;
    // Before the outbox is asked: what is committed while it answers may wake once more.
    this.pause.forget();
    const batch = await outbox.claim(limit, leaseMs, this.confirmed);
    this.confirmed = undefined;
    return batch;
  }

  /** @returns why nothing at all can be published; undefined if something can */
  private async relay({ token, events }: Batch): Promise<string | undefined> {
    const { outbox, log, maxRetryDelayMs = 5_000 } = this.options;
    const results = await Promise.allSettled(events.map((event) => this.publish(event)));
    const confirmed: string[] = [];
    const failed: FailedEvent[] = [];
    events.forEach(({ seq }, index) => {
      const result = results[index];
      if (result?.status !== 'rejected') confirmed.push(seq);
      else
        failed.push({ seq, reason: reasonOf(result.reason), counts: !isBrokerAway(result.reason) });
    });
    this.confirmed = { token, seqs: confirmed };
    await outbox.release(token, failed, maxRetryDelayMs);
    const own = failed.filter(({ counts }) => counts);
    if (own[0]) log.warn('outbox events not published', { count: own.length, text: own[0].reason });
    const away = failed.find(({ counts }) => !counts)?.reason;
    if (away !== undefined) await this.removeConfirmed();
    return away;
  }

  private async removeConfirmed(): Promise<void> {
    if (this.confirmed) await this.options.outbox.remove(this.confirmed);
    this.confirmed = undefined;
  }

  private async publish(event: ClaimedEvent): Promise<void> {
    const { exchange, type, id, body, headers } = event;
    await this.options.publish({
      exchange,
      routingKey: type,
      messageId: id,
      body: Buffer.from(body),
      headers,
    });
  }

  private unavailable(text: string): void {
    this.outage += 1;
    if (this.outage === 1) this.options.log.warn('outbox relay paused', { text });
  }

  private available(): void {
    if (this.outage > 0) this.options.log.info('outbox relay goes on', { count: this.outage });
    this.outage = 0;
    this.backoff.reset();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
