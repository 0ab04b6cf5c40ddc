import { Problem } from '#problem';
import { type News } from './stream-event.js';
import { type TicketStream } from './ticket-stream.js';

/** How often clients are told to fetch again while the broker is down, in milliseconds. */
const pollMs = 5_000;
/** Milliseconds for each stream over which all are told to fetch again: each asks its owner, and its client fetches everything. */
const spreadMs = 2;
/** Open streams per person in this process: a few devices with a few tickets each. */
const maxPerActor = 50;

/** All open streams of this process. Events come from the broker; while it is down, every client is told to fetch again. */
export class StreamHub {
  private readonly streams = new Map<string, Set<TicketStream>>();
  private readonly counts = new Map<string, number>();
  private readonly polling: NodeJS.Timeout;

  /** @param listening whether events are being received at the moment */
  constructor(private readonly listening: () => boolean) {
    this.polling = setInterval(() => {
      if (!this.listening()) this.resync();
    }, pollMs).unref();
  }

  /** @throws Problem `rate-limited` when this person can have no other stream */
  demandRoom(actorId: string): void {
    if ((this.counts.get(actorId) ?? 0) < maxPerActor) return;
    throw new Problem('rate-limited', 'Too many open streams', { headers: { 'retry-after': '60' } });
  }

  /** Until the stream is closed. Call {@link demandRoom} before. */
  add(actorId: string, stream: TicketStream): void {
    this.counts.set(actorId, (this.counts.get(actorId) ?? 0) + 1);
    const { ticketId } = stream;
    this.streams.set(ticketId, (this.streams.get(ticketId) ?? new Set()).add(stream));
    stream.body.once('close', () => {
      this.remove(actorId, stream);
    });
  }

  tell({ ticketId, event }: News): void {
    for (const stream of this.streams.get(ticketId) ?? []) stream.tell(event);
  }

  /** Something may have been missed. */
  resync(): void {
    const streams = [...this.streams.values()].flatMap((some) => [...some]);
    const spread = Math.min(pollMs, spreadMs * streams.length);
    for (const stream of streams) {
      const resync = (): void => {
        stream.resync();
      };
      setTimeout(resync, Math.random() * spread).unref();
    }
  }

  close(): void {
    clearInterval(this.polling);
    for (const streams of this.streams.values()) for (const stream of streams) stream.end();
  }

  private remove(actorId: string, stream: TicketStream): void {
    const left = (this.counts.get(actorId) ?? 1) - 1;
    if (left === 0) this.counts.delete(actorId);
    else this.counts.set(actorId, left);
    const others = this.streams.get(stream.ticketId);
    others?.delete(stream);
    if (others?.size === 0) this.streams.delete(stream.ticketId);
  }
}
