import { newIdempotencyKey as newId } from '../api/client.js';
import { type StreamEvent } from './event-stream.js';
import { Leadership } from './leadership.js';
import {
  type FromLeader,
  type FromLeaderOfTerm,
  type FromMember,
  type Message,
  ticketOf,
} from './messages.js';
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
  /** Whether a secret is on the screen, so that nothing may be missed for long. */
  readonly isShowing: () => boolean;
}

/** Not there for pages that are not from a secure origin. */
export const locks = (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks;

/**
 * How often a tab that is seen, or shows a secret, makes sure that the one who leads is
 * awake, in ms; and how many times that may stay unanswered.
 */
const pingMs = 3_000;
const patience = 2;

/**
 * One ticket's part in a stream that the tabs of one person share
 * (docs/adr/0016): one of them leads and holds it, and tells the others. Where
 * the browser has no locks, a tab is alone.
 */
export class SharedStream {
  private readonly me = newId();
  private readonly channel: BroadcastChannel | undefined;
  private readonly leader: StreamLeader;
  private readonly leadership: Leadership;
  /** The newest that was heard of. */
  private term = 0;
  /** The one that this tab leads. */
  private ownTerm = -1;
  private isStopped = false;
  private unanswered = 0;
  private pinging: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: Options) {
    const { name, open } = options;
    this.leader = new StreamLeader({ locks, open, say: this.sayAsLeader });
    this.channel = locks && new BroadcastChannel(name);
    this.leadership = new Leadership(locks, name, this.lead);
  }

  start(): void {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      this.hear(data);
    });
    this.want();
    void this.leadership.run();
    this.pinging = setInterval(this.ping, pingMs);
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.pinging);
    this.leadership.stop();
    this.post({ kind: 'gone', from: this.me });
    this.channel?.close();
  }

  /** A tab that was stopped does not know yet that another one leads. */
  private get isLeading(): boolean {
    return this.ownTerm === this.term;
  }

  /** By the clock that all tabs have; should that be set back, by what was heard. */
  private readonly lead = async (signal: AbortSignal): Promise<number> => {
    const term = (this.ownTerm = this.term = Math.max(Date.now(), this.term + 1));
    try {
      return await this.leader.lead(signal);
    } finally {
      // Whoever leads by now has said already that there is a gap.
      if (term === this.term && !this.isStopped) this.options.onGap(true);
      if (term === this.ownTerm) this.ownTerm = -1;
    }
  };

  private post(message: Message): void {
    this.channel?.postMessage(message);
  }

  /** To all, this tab too. */
  private readonly say = (message: Message): void => {
    this.post(message);
    this.hear(message);
  };

  private readonly sayAsLeader = (message: FromLeader): void => {
    this.say({ ...message, term: this.ownTerm });
  };

  private want(): void {
    this.say({ kind: 'want', from: this.me, ticketId: this.options.ticketId });
  }

  private hear(message: Message): void {
    if (message.kind === 'want' || message.kind === 'gone' || message.kind === 'ping') {
      if (this.isLeading) this.serve(message);
    } else if (message.term >= this.term) {
      if (this.isLeading && message.term > this.term) this.leadership.resign();
      this.term = message.term;
      this.unanswered = 0;
      this.leadership.spare();
      this.follow(message);
    }
  }

  private serve(message: FromMember): void {
    if (message.kind === 'want') this.leader.want(message.from, message.ticketId);
    else if (message.kind === 'gone') this.leader.leave(message.from);
    else this.sayAsLeader({ kind: 'here' });
  }

  private follow(message: FromLeaderOfTerm): void {
    const { ticketId } = this.options;
    if (message.kind === 'ask') {
      this.want();
      this.options.onGap(false);
    } else if (message.kind === 'lost') this.options.onGap(message.isLasting);
    else if (message.kind === 'left-out' && message.ticketId === ticketId) this.options.onGap(true);
    else if (message.kind === 'event' && ticketOf(message.event) === ticketId)
      this.options.onEvent(message.event);
  }

  /**
   * A tab that leads may be stopped by its own page: by a question of
   * the browser's, or a debugger.
   */
  private readonly ping = (): void => {
    if (this.isLeading || !(isSeen() || this.options.isShowing())) return;
    if (this.unanswered >= patience) {
      this.unanswered = 0;
      this.leadership.depose();
    }
    this.unanswered += 1;
    this.post({ kind: 'ping' });
  };
}
