import { Problem } from '#problem';
import { type Listening } from './listening.js';
import { type StreamBody } from './stream-body.js';
import { type TicketNews } from './stream-event.js';

/**
 * How often clients get a `sync` while the broker is down, in milliseconds.
 */
const pollMs = 5_000;
/**
 * Milliseconds between two tickets when all get a `sync`: each asks its owner, and its
 * clients fetch everything.
 */
const spreadMs = 2;
/**
 * Tickets that one person may listen to in this process, counted as often as they do: a
 * few devices with a few tickets each.
 */
const maxPerActor = 100;

/**
 * The open streams of this process. Events come from the broker; while it is down, every
 * client gets a `sync`, so that it fetches again.
 */
export class StreamHub {
  private readonly listenings = new Map<string, Set<Listening>>();
  private readonly bodies = new Set<StreamBody>();
  private readonly counts = new Map<string, number>();
  private readonly polling: NodeJS.Timeout;

  /** @param listening whether events are being received at the moment */
  constructor(private readonly listening: () => boolean) {
    this.polling = setInterval(() => {
      if (!this.listening()) this.resync();
    }, pollMs).unref();
  }

  /**
   * @throws Problem `rate-limited` when this person can listen to no
   *   such number of tickets more
   */
  requireRoom(actorId: string, tickets = 1): void {
    if ((this.counts.get(actorId) ?? 0) + tickets <= maxPerActor) return;
    throw new Problem('rate-limited', 'Too many open streams', {
      headers: { 'retry-after': '60' },
    });
  }

  /** Until the stream is closed. Call {@link requireRoom} before. */
  add(actorId: string, body: StreamBody, listenings: readonly Listening[]): void {
    this.count(actorId, listenings.length);
    this.bodies.add(body);
    for (const listening of listenings) {
      const { ticketId } = listening;
      this.listenings.set(ticketId, (this.listenings.get(ticketId) ?? new Set()).add(listening));
    }
    body.readable.once('close', () => {
      this.count(actorId, -listenings.length);
      this.bodies.delete(body);
      for (const listening of listenings) this.remove(listening);
    });
  }

  publish({ ticketId, event }: TicketNews): void {
    for (const listening of this.listenings.get(ticketId) ?? []) listening.take(event);
  }

  /** Something may have been missed. */
  resync(): void {
    const listenings = [...this.listenings.values()].flatMap((some) => [...some]);
    const spread = Math.min(pollMs, spreadMs * listenings.length);
    for (const listening of listenings) {
      const resync = (): void => {
        listening.resync();
      };
      setTimeout(resync, Math.random() * spread).unref();
    }
  }

  close(): void {
    clearInterval(this.polling);
    for (const body of this.bodies) body.end();
  }

  private count(actorId: string, more: number): void {
    const count = (this.counts.get(actorId) ?? 0) + more;
    if (count === 0) this.counts.delete(actorId);
    else this.counts.set(actorId, count);
  }

  private remove(listening: Listening): void {
    const others = this.listenings.get(listening.ticketId);
    others?.delete(listening);
    if (others?.size === 0) this.listenings.delete(listening.ticketId);
  }
}
