import { LRUCache } from 'lru-cache';
import { type Log, type Tally } from '#telemetry';
import { type Caller } from '../audit/caller.js';
import { type SharedCounter } from './shared-counter.js';

/** Seconds in which the tickets are counted. */
export const massRevealWindow = 3600;

/**
 * Detects a person who reveals under many different tickets, as a stolen account would.
 * It raises an alarm and refuses nothing. A ticket may be counted once per replica.
 */
export class MassReveals {
  private readonly counted = new LRUCache<string, true>({
    max: 100_000,
    ttl: massRevealWindow * 1000,
  });

  /**
   * @param counter of tickets by actor; its window is {@link massRevealWindow}
   * @param most tickets without an alarm; 0 switches it off
   * @param alarms raised by each further ticket; without a label, since a
   *   metric must not name a person
   */
  constructor(
    private readonly counter: SharedCounter,
    private readonly most: number,
    private readonly alarms: Tally,
    private readonly log: Log,
  ) {}

  /** Returns at once: counting neither delays nor fails a permitted reveal. */
  record({ actor, requestId }: Caller, ticketId: string): void {
    const key = JSON.stringify([actor.id, ticketId]);
    if (this.most === 0 || this.counted.has(key)) return;
    this.counted.set(key, true);
    this.count(actor.id, requestId).catch((error: unknown) => {
      this.counted.delete(key);
      this.log.warn('reveal not counted', { requestId, error });
    });
  }

  private async count(actorId: string, requestId: string): Promise<void> {
    const { points: count } = await this.counter.count(actorId);
    if (count <= this.most) return;
    this.alarms.inc();
    this.log.warn('mass reveal', { actorId, count, requestId });
  }
}
