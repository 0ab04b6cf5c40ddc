import { Readable } from 'node:stream';
import { heartbeat, type StreamEvent, serialize } from './stream-event.js';

/** A client this far behind (in characters) is considered gone. */
const maxBehind = 256 * 1024;
/** How soon a client should reconnect when the stream ends, in milliseconds. */
const retryMs = 2_000;
const heartbeatMs = 15_000;
/** The longest that a timer takes, in milliseconds. */
const maxTimer = 2 ** 31 - 1;

/** What one client reads until its token ends: events, and heartbeats between them. */
export class StreamBody {
  readonly readable = new Readable({ read: () => undefined });
  private isEnded = false;
  private readonly timers: NodeJS.Timeout[];

  /** @param expiresAt when the client's token ends, in seconds since the epoch */
  constructor(expiresAt: number) {
    this.timers = [setTimeout(this.end, Math.min(maxTimer, expiresAt * 1000 - Date.now()))];
    this.readable.once('close', () => {
      for (const timer of this.timers) clearInterval(timer);
    });
    this.write(`retry: ${retryMs}\n\n`);
  }

  readonly isOver = (): boolean => this.isEnded || this.readable.destroyed;

  readonly send = (event: StreamEvent): void => {
    this.write(serialize(event));
  };

  readonly end = (): void => {
    if (this.isOver()) return;
    this.isEnded = true;
    this.readable.push(null);
  };

  /** From now on. @param onHeartbeat called with each heartbeat */
  startHeartbeat(onHeartbeat: () => void): void {
    if (this.isOver()) return;
    const sendHeartbeat = (): void => {
      this.write(heartbeat);
      onHeartbeat();
    };
    this.timers.push(setInterval(sendHeartbeat, heartbeatMs));
  }

  private write(text: string): void {
    if (this.isOver()) return;
    if (this.readable.readableLength > maxBehind) this.readable.destroy();
    else this.readable.push(text);
  }
}
