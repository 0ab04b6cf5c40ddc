import { newIdempotencyKey as newId } from '../api/client.js';
import { type StreamEvent } from './event-stream.js';
import { Leadership } from './leadership.js';
import { type FromLeader, type FromMember, type Message, ticketOf } from './messages.js';
import { isSeen } from './page-life.js';
import { StreamLeader } from './stream-leader.js';

interface Options {
  /** All of one origin by the same name share one stream. */
  readonly name: string;
  readonly ticketId: string;
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  /** What is told about the ticket. */
  readonly onEvent: (event: StreamEvent) => void;
  /**
   * Something may be missed from now on, until the next `sync` or `refused`.
   * @param isLasting that may take a while
   */
  readonly onGap: (isLasting: boolean) => void;
}

/** Not there for pages that are not from a secure origin. */
export const locks = (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks;

/**
 * How often a tab that is seen makes sure that the one who leads is awake, in ms; and how
 * many times that may stay unanswered.
 */
const pingMs = 3_000;
const patience = 2;

/**
 * One ticket's part in a stream that the tabs of one person share
 * (docs/adr/0016): one of them leads and holds it, and tells the others. Where
 * the browser has no locks, a tab is alone.
 */
export class SharedStream {
  readonly #me = newId();
  readonly #channel: BroadcastChannel | undefined;
  readonly #leader: StreamLeader;
  readonly #leadership: Leadership;
  #isLeading = false;
  #isStopped = false;
  #unanswered = 0;
  #pinging: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: Options) {
    const { name, open } = options;
    this.#leader = new StreamLeader({ locks, open, say: this.#say });
    this.#channel = locks && new BroadcastChannel(name);
    this.#leadership = new Leadership(locks, name, this.#lead);
  }

  start(): void {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      this.#hear(data);
    });
    this.#want();
    void this.#leadership.run();
    this.#pinging = setInterval(this.#ping, pingMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#pinging);
    this.#leadership.stop();
    this.#post({ kind: 'gone', from: this.#me });
    this.#channel?.close();
  }

  readonly #lead = async (signal: AbortSignal): Promise<number> => {
    this.#isLeading = true;
    try {
      return await this.#leader.lead(signal);
    } finally {
      this.#isLeading = false;
      if (!this.#isStopped) this.options.onGap(true);
    }
  };

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  /** To all, this tab too. */
  readonly #say = (message: Message): void => {
    this.#post(message);
    this.#hear(message);
  };

  #want(): void {
    this.#say({ kind: 'want', from: this.#me, ticketId: this.options.ticketId });
  }

  #hear(message: Message): void {
    if (message.kind === 'want' || message.kind === 'gone' || message.kind === 'ping') {
      if (this.#isLeading) this.#serve(message);
      return;
    }
    this.#unanswered = 0;
    this.#follow(message);
  }

  #follow(message: FromLeader): void {
    const { ticketId } = this.options;
    if (message.kind === 'ask') {
      this.#want();
      this.options.onGap(false);
    } else if (message.kind === 'lost') this.options.onGap(message.isLasting);
    else if (message.kind === 'left-out' && message.ticketId === ticketId) this.options.onGap(true);
    else if (message.kind === 'event' && ticketOf(message.event) === ticketId)
      this.options.onEvent(message.event);
  }

  #serve(message: FromMember): void {
    if (message.kind === 'want') this.#leader.want(message.from, message.ticketId);
    else if (message.kind === 'gone') this.#leader.leave(message.from);
    else this.#post({ kind: 'here' });
  }

  /**
   * A tab that leads may be stopped by its own page: by a question of
   * the browser's, or a debugger.
   */
  readonly #ping = (): void => {
    if (this.#isLeading || !isSeen()) return;
    if (this.#unanswered >= patience) {
      this.#unanswered = 0;
      this.#leadership.depose();
    }
    this.#unanswered += 1;
    this.#post({ kind: 'ping' });
  };
}
