import { Readable } from 'node:stream';
import { heartbeat, type StreamEvent, written } from './stream-event.js';

/** `unknown`: the owner cannot be asked at the moment. */
export type Verdict = 'permitted' | 'refused' | 'unknown';

/** A client this far behind (in characters) is considered gone. */
const maxBehind = 256 * 1024;
/** How soon a client should reconnect when the stream ends, in milliseconds. */
const retryMs = 2_000;
/** The longest that a timer takes, in milliseconds. */
const maxTimer = 2 ** 31 - 1;

/**
 * The stream of one client about one ticket. It sends only what the client may know: after a change of the ticket it asks again before it
 * continues, and sends nothing while there is no answer. A `sync` makes up for what was left out.
 */
export class TicketStream {
  readonly body: Readable;
  private silent = false;
  private turn: Promise<void> = Promise.resolve();

  /**
   * @param check may the client go on listening?
   * @param expiresAt when the client's token ends, in seconds since the epoch
   */
  constructor(
    readonly ticketId: string,
    private readonly check: () => Promise<Verdict>,
    expiresAt: number,
  ) {
    this.body = new Readable({ read: () => undefined });
    const ending = setTimeout(
      () => {
        this.end();
      },
      Math.min(maxTimer, expiresAt * 1000 - Date.now()),
    );
    this.body.once('close', () => {
      clearTimeout(ending);
    });
    this.write(`retry: ${retryMs}\n\n${written(this.sync())}`);
  }

  /** In the order of the calls, however long a question takes. */
  tell(event: StreamEvent): void {
    this.next(async () => {
      if (event.type === 'ticket' && !(await this.mayGoOn())) return;
      if (!this.silent) this.write(written(event));
    });
  }

  /** Asks whether the client may still listen, and has it fetch everything again. */
  resync(): void {
    this.next(async () => {
      if (await this.mayGoOn()) this.write(written(this.sync()));
    });
  }

  beat(): void {
    // Ask again if there was no answer.
    if (this.silent) this.resync();
    this.write(heartbeat);
  }

  end(): void {
    if (!this.body.destroyed) this.body.push(null);
  }

  private sync(): StreamEvent {
    return { type: 'sync', data: { ticketId: this.ticketId } };
  }

  private next(act: () => Promise<void>): void {
    this.turn = this.turn.then(act).catch(() => {
      this.end();
    });
  }

  private async mayGoOn(): Promise<boolean> {
    const verdict = await this.check();
    this.silent = verdict !== 'permitted';
    if (verdict === 'refused') this.end();
    return verdict === 'permitted';
  }

  private write(text: string): void {
    if (this.body.destroyed || this.body.readableEnded) return;
    if (this.body.readableLength > maxBehind) this.body.destroy();
    else this.body.push(text);
  }
}
