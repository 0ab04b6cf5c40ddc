import { Problem } from '#problem';
import { toStreamEvent } from './stream-event.js';
import { type TicketStream } from './ticket-stream.js';

const heartbeatMs = 15_000;
/** How often clients are told to fetch again while the broker is down. */
const pollMs = 5_000;
/** Open streams per person in this process: a few devices with a few tickets each. */
const maxPerActor = 50;

/** All open streams of this process. Events come from the broker; while it is down, every client is told to fetch again. */
export class StreamHub {
  private readonly streams = new Map<string, Set<TicketStream>>();
  private readonly counts = new Map<string, number>();
  private readonly timers: NodeJS.Timeout[];

  /** @param listening whether events are being received at the moment */
  constructor(private readonly listening: () => boolean) {
    this.timers = [
      setInterval(() => {
        this.each((stream) => {
          stream.beat();
        });
      }, heartbeatMs),
      setInterval(() => {
        if (!this.listening()) this.resync();
      }, pollMs),
    ];
    for (const timer of this.timers) timer.unref();
  }

  /** @throws Problem `rate-limited` when this person has too many */
  add(actorId: string, stream: TicketStream): void {
    const count = (this.counts.get(actorId) ?? 0) + 1;
    if (count > maxPerActor) {
      stream.body.destroy();
      throw new Problem('rate-limited', 'Too many open streams', { headers: { 'retry-after': '60' } });
    }
    this.counts.set(actorId, count);
    const { ticketId } = stream;
    this.streams.set(ticketId, (this.streams.get(ticketId) ?? new Set()).add(stream));
    stream.body.once('close', () => {
      this.remove(actorId, stream);
    });
  }

  /** A message as the broker brought it. */
  tell(body: Buffer): void {
    const news = toStreamEvent(body);
    if (news === undefined) return;
    for (const stream of this.streams.get(news.ticketId) ?? []) stream.tell(news.event);
  }

  /** Something may have been missed. */
  resync(): void {
    this.each((stream) => {
      stream.resync();
    });
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    this.each((stream) => {
      stream.end();
    });
  }

  private remove(actorId: string, stream: TicketStream): void {
    const left = (this.counts.get(actorId) ?? 1) - 1;
    if (left === 0) this.counts.delete(actorId);
    else this.counts.set(actorId, left);
    const others = this.streams.get(stream.ticketId);
    others?.delete(stream);
    if (others?.size === 0) this.streams.delete(stream.ticketId);
  }

  private each(act: (stream: TicketStream) => void): void {
    for (const streams of this.streams.values()) for (const stream of streams) act(stream);
  }
}
