import { Readable } from 'node:stream';
import { type UpstreamAnswer } from '#upstream';
import { heartbeat, type StreamEvent, written } from './stream-event.js';

/** A client this far behind (in characters) is considered gone. */
const maxBehind = 256 * 1024;
/** Events that wait for one answer; a `sync` takes the place of more. */
const maxWaiting = 100;
/** How soon a client should reconnect when the stream ends, in milliseconds. */
const retryMs = 2_000;
const heartbeatMs = 15_000;
/** The longest that a timer takes, in milliseconds. */
const maxTimer = 2 ** 31 - 1;

/** `unknown`: the owner cannot be asked at the moment. */
type Verdict = 'permitted' | 'refused' | 'unknown';

/**
 * Heartbeats until a silent stream is asked for again, since news may get lost. By chance, so that streams that were opened together do not
 * go on asking together.
 */
const beatsToNextQuestion = (): number => 3 + Math.floor(Math.random() * 3);

/**
 * The stream of one client about one ticket. It tells only what the client may know: nothing is told on an answer of the owner that was
 * asked for before it happened, and nothing while there is no answer. A `sync` makes up for what was left out.
 */
export class TicketStream {
  readonly body = new Readable({ read: () => undefined });
  /** What happened, to be told if the next answer permits it. */
  private waiting: StreamEvent[] = [];
  /** To be told first, as soon as anything may be. */
  private owed: readonly StreamEvent[];
  private readonly sync: StreamEvent;
  private isAsking = true;
  private isEnded = false;
  private beatsLeft = 1;
  private readonly timers: NodeJS.Timeout[];

  /**
   * @param ask asks the owner whether the client may listen: 204 permits it
   * @param expiresAt when the client's token ends, in seconds since the epoch
   */
  constructor(
    readonly ticketId: string,
    private readonly ask: () => Promise<UpstreamAnswer>,
    expiresAt: number,
  ) {
    this.sync = { type: 'sync', data: { ticketId } };
    this.owed = [this.sync];
    this.timers = [setTimeout(this.end, Math.min(maxTimer, expiresAt * 1000 - Date.now()))];
    this.body.once('close', () => {
      for (const timer of this.timers) clearInterval(timer);
    });
    this.write(`retry: ${retryMs}\n\n`);
  }

  /**
   * Asks for the first time. What happens meanwhile waits for the answer to the next question.
   * @returns the answer; unless it permits to listen, the stream is gone
   * @throws what asking rejects with, and the stream is gone
   */
  async open(): Promise<UpstreamAnswer> {
    try {
      const answer = await this.ask();
      if (verdictOf(answer) === 'permitted') this.begin();
      else this.body.destroy();
      return answer;
    } catch (error) {
      this.body.destroy();
      throw error;
    }
  }

  tell(event: StreamEvent): void {
    if (this.waiting.length < maxWaiting) this.waiting.push(event);
    else this.waiting = [this.sync];
    void this.askAgain();
  }

  /** Asks whether the client may still listen, and has it fetch everything again. */
  resync(): void {
    this.tell(this.sync);
  }

  readonly end = (): void => {
    if (this.isOver()) return;
    this.isEnded = true;
    this.body.push(null);
  };

  private isOver(): boolean {
    return this.isEnded || this.body.destroyed;
  }

  private begin(): void {
    if (this.isOver()) return;
    this.heed('permitted', []);
    this.timers.push(setInterval(this.beat, heartbeatMs));
    this.isAsking = false;
    if (this.waiting.length > 0) void this.askAgain();
  }

  private readonly beat = (): void => {
    this.write(heartbeat);
    this.beatsLeft -= 1;
    if (this.owed.length > 0 || this.beatsLeft === 0) void this.askAgain();
  };

  /** One question at a time; what comes after it was sent waits for the next one. */
  private async askAgain(): Promise<void> {
    if (this.isAsking || this.isOver()) return;
    this.isAsking = true;
    do {
      const events = this.waiting;
      this.waiting = [];
      this.beatsLeft = beatsToNextQuestion();
      this.heed(await this.ask().then(verdictOf, () => 'unknown' as const), events);
    } while (this.waiting.length > 0 && !this.isOver());
    this.isAsking = false;
  }

  /** @param events that had happened when the owner was asked */
  private heed(verdict: Verdict, events: readonly StreamEvent[]): void {
    if (verdict === 'refused') this.end();
    else if (verdict === 'permitted') {
      for (const event of new Set([...this.owed, ...events])) this.write(written(event));
      this.owed = [];
    } else if (events.some(isDoubt)) this.end();
    else if (events.length > 0) this.owed = [this.sync];
  }

  private write(text: string): void {
    if (this.isOver()) return;
    if (this.body.readableLength > maxBehind) this.body.destroy();
    else this.body.push(text);
  }
}

/** `tickets` itself does not know whether the ticket is live. Who listens then looks for themself, and finds out why nothing is told. */
const isDoubt = ({ data }: StreamEvent): boolean => 'doubted' in data;

function verdictOf({ status }: UpstreamAnswer): Verdict {
  if (status === 204) return 'permitted';
  return status >= 500 || status === 429 ? 'unknown' : 'refused';
}
