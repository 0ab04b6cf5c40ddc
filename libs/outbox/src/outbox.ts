import { type OutboxStats } from './ports.js';

export interface ClaimedEvent {
  /** A bigint, as text whatever the driver makes of one. */
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

export interface FailedEvent {
  readonly seq: string;
  readonly reason: string;
  /** False when the broker was away, which says nothing about this event: it stays due, and nothing is counted. */
  readonly counts: boolean;
}

/** What the relay needs of the place where events are owed. test/conformance/outbox.ts says in tests what holds for every one of them. */
export interface Outbox {
  /** Leases the oldest events that are due and nobody holds, for `leaseMs` milliseconds. Never waits for another relay that claims. */
  claim(limit: number, leaseMs: number): Promise<Batch>;
  /** Forgets confirmed events. @returns how many were still ours to forget */
  remove(token: string, seqs: readonly string[]): Promise<number>;
  /** Gives failed events back. Each that counts is due again after twice the time of its last failure, never more than `maxDelayMs`. */
  release(token: string, failed: readonly FailedEvent[], maxDelayMs: number): Promise<void>;
  stats(): Promise<OutboxStats>;
}
