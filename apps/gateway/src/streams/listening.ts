import { doubtedHeader } from '#contracts';
import { type UpstreamAnswer } from '#upstream';
import { type StreamEvent } from './stream-event.js';

/** Events that wait for one answer; a `sync` takes the place of more. */
const maxWaiting = 100;

/**
 * Heartbeats until the owner is asked again about a silent stream, since events may get
 * lost. Random, so that streams that were opened at once do not keep asking at once.
 */
const heartbeatsToNextQuestion = (): number => 3 + Math.floor(Math.random() * 3);

/** Who listens. */
interface Listener {
  readonly isGone: () => boolean;
  /** What the client may know. */
  readonly send: (event: StreamEvent) => void;
  /**
   * The client may not listen, or not any more.
   * @param status how the owner refused it; undefined where it could not be reached
   * @param withheld what had happened when the owner was asked
   */
  readonly refuse: (status: number | undefined, withheld: readonly StreamEvent[]) => void;
}

/**
 * One client listening to one ticket. An event is sent only if an answer of the owner
 * permits it that was asked for after the event, and none while there is no answer. A
 * `sync` stands for events that were left out.
 */
export class Listening {
  /** Events to be sent if the next answer permits it. */
  private waiting: StreamEvent[] = [];
  /** Whether something was left out since the last `sync`. */
  private hasMissed = true;
  private isRefused = false;
  private isAsking = true;
  private heartbeatsLeft = 1;
  private readonly sync: StreamEvent;

  /** @param ask asks the owner whether the client may listen: 204 permits it */
  constructor(
    readonly ticketId: string,
    private readonly ask: () => Promise<UpstreamAnswer>,
    private readonly listener: Listener,
  ) {
    this.sync = { type: 'sync', data: { ticketId } };
  }

  /**
   * Asks for the first time. Events that arrive meanwhile wait for the next answer.
   * @throws what asking rejects with
   */
  async open(): Promise<UpstreamAnswer> {
    try {
      const answer = await this.ask();
      this.apply(answer, []);
      return answer;
    } finally {
      this.isAsking = false;
      if (this.waiting.length > 0) void this.askAgain();
    }
  }

  take(event: StreamEvent): void {
    if (this.waiting.length < maxWaiting) this.waiting.push(event);
    else this.waiting = [this.sync];
    void this.askAgain();
  }

  /** Asks whether the client may still listen, and has it fetch everything again. */
  resync(): void {
    this.take(this.sync);
  }

  /** To be called with each heartbeat of the connection. */
  onHeartbeat(): void {
    this.heartbeatsLeft -= 1;
    const isDue = this.hasMissed && !this.isRefused;
    if (isDue || this.heartbeatsLeft <= 0) void this.askAgain();
  }

  /** One question at a time; events that arrive after it was sent wait for the next. */
  private async askAgain(): Promise<void> {
    if (this.isAsking || this.listener.isGone()) return;
    this.isAsking = true;
    do {
      const events = this.waiting;
      this.waiting = [];
      this.heartbeatsLeft = heartbeatsToNextQuestion();
      const answer = await this.ask().catch(() => undefined);
      this.apply(answer, events);
    } while (this.waiting.length > 0 && !this.listener.isGone());
    this.isAsking = false;
  }

  /**
   * @param answer the owner's; undefined where it could not be reached
   * @param events that had happened when it was asked
   */
  private apply(answer: UpstreamAnswer | undefined, events: readonly StreamEvent[]): void {
    const status = answer?.status;
    if (status === 204) this.send(events);
    else if (isUnknown(status) && !isDoubted(answer) && !events.some(isDoubt))
      this.hasMissed ||= events.length > 0;
    else {
      this.hasMissed = this.isRefused = true;
      this.listener.refuse(status, events);
    }
  }

  private send(events: readonly StreamEvent[]): void {
    for (const event of new Set([...(this.hasMissed ? [this.sync] : []), ...events]))
      this.listener.send(event);
    this.hasMissed = this.isRefused = false;
  }
}

const isUnknown = (status: number | undefined): boolean =>
  status === undefined || status >= 500 || status === 429;

/**
 * `tickets` itself does not know whether the ticket is live. The client is refused, so
 * that it fetches the ticket and learns why. The answer says so too, since the event may
 * have come before the stream was opened, or was lost.
 */
const isDoubted = (answer: UpstreamAnswer | undefined): boolean =>
  answer?.headers[doubtedHeader] === 'true';
const isDoubt = ({ data }: StreamEvent): boolean => 'doubted' in data;
