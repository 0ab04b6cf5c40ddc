import { type OutboxStats } from './ports.js';

export interface ClaimedEvent {
  /** A bigint as text, whatever the driver returns. */
  readonly seq: string;
  readonly id: string;
  readonly exchange: string;
  readonly type: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

export interface Batch {
  /** The fence: whoever claims these rows later has another one. */
  readonly token: string;
  readonly events: readonly ClaimedEvent[];
}

/** What the broker has confirmed of a batch. */
export interface Confirmed {
  readonly token: string;
  readonly seqs: readonly string[];
}

export interface FailedEvent {
  readonly seq: string;
  readonly reason: string;
  /**
   * False when the broker was down, which says nothing about this event: it stays due,
   * and no attempt is counted.
   */
  readonly counts: boolean;
}

/**
 * What the relay needs of an outbox. test/conformance/outbox.ts tests what
 * every implementation promises.
 */
export interface Outbox {
  /**
   * Leases the oldest events that are due and nobody holds, for `leaseMs` milliseconds.
   * Never waits for another relay that claims.
   * @param confirmed removed in the same step, so that a batch costs one
   */
  claim(limit: number, leaseMs: number, confirmed?: Confirmed): Promise<Batch>;
  /** Deletes confirmed events. @returns how many were still leased by us */
  remove(confirmed: Confirmed): Promise<number>;
  /**
   * Releases failed events. Each that counts is due again after twice the time of its
   * last failure, never more than `maxDelayMs`.
   */
  release(token: string, failed: readonly FailedEvent[], maxDelayMs: number): Promise<void>;
  stats(): Promise<OutboxStats>;
}
