import { newIdempotencyKey as newId } from '../api/client.js';
import { type StreamEvent } from './event-stream.js';
import { Leadership } from './leadership.js';
import {
  type LeaderMessage,
  type LeaderMessageOfTerm,
  type MemberMessage,
  type TabMessage,
  ticketOf,
} from './tab-messages.js';
import { isVisible } from './page-life.js';
import { StreamLeader } from './stream-leader.js';

interface SharedStreamOptions {
  /** Tabs of one origin that give the same name share one stream. */
  readonly name: string;
  readonly ticketId: string;
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  /** Events of the ticket. */
  readonly onEvent: (event: StreamEvent) => void;
  /**
   * Events may be missed from now on, until the next `sync` or `refused`.
   * @param isLasting that may take a while
   */
  readonly onGap: (isLasting: boolean) => void;
  /** Whether a secret is on the screen: then no end may be missed for long. */
  readonly isSecretShown: () => boolean;
}

/** Undefined in pages that are not from a secure origin. */
export const locks = (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks;

/**
 * How often a tab that is visible or shows a secret pings the leader, in ms, and how many
 * pings may stay unanswered.
 */
const pingMs = 3_000;
const maxUnanswered = 2;

/**
 * One tab's share of a stream (docs/adr/0016): one tab leads, holds the stream and relays
 * its events to the others. Where the browser has no locks, each tab leads for itself.
 */
export class SharedStream {
  private readonly tabId = newId();
  private readonly channel: BroadcastChannel | undefined;
  private readonly leader: StreamLeader;
  private readonly leadership: Leadership;
  /** The newest that is known. */
  private term = 0;
  /** The one in which this tab leads. */
  private ownTerm = -1;
  private isStopped = false;
  private unanswered = 0;
  private pingTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: SharedStreamOptions) {
    const { name, open } = options;
    this.leader = new StreamLeader({ locks, open, broadcast: this.broadcastAsLeader });
    this.channel = locks && new BroadcastChannel(name);
    this.leadership = new Leadership(locks, name, this.lead);
  }

  start(): void {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
      this.receive(data);
    });
    this.want();
    void this.leadership.run();
    this.pingTimer = setInterval(this.ping, pingMs);
  }

  stop(): void {
    this.isStopped = true;
    clearInterval(this.pingTimer);
    this.leadership.stop();
    this.post({ kind: 'gone', from: this.tabId });
    this.channel?.close();
  }

  /** False for a tab that was frozen while another took over, once it hears of that. */
  private get isLeading(): boolean {
    return this.ownTerm === this.term;
  }

  /** The term is the time, which all tabs share; or more, if the clock was set back. */
  private readonly lead = async (signal: AbortSignal): Promise<number> => {
    const term = (this.ownTerm = this.term = Math.max(Date.now(), this.term + 1));
    try {
      return await this.leader.lead(signal);
    } finally {
      // A newer leader has announced the gap already.
      if (term === this.term && !this.isStopped) this.options.onGap(true);
      if (term === this.ownTerm) this.ownTerm = -1;
    }
  };

  private post(message: TabMessage): void {
    this.channel?.postMessage(message);
  }

  /** To all tabs, this one included. */
  private readonly broadcast = (message: TabMessage): void => {
    this.post(message);
    this.receive(message);
  };

  private readonly broadcastAsLeader = (message: LeaderMessage): void => {
    this.broadcast({ ...message, term: this.ownTerm });
  };

  private want(): void {
    this.broadcast({ kind: 'want', from: this.tabId, ticketId: this.options.ticketId });
  }

  private receive(message: TabMessage): void {
    if (message.kind === 'want' || message.kind === 'gone' || message.kind === 'ping') {
      if (this.isLeading) this.serve(message);
    } else if (message.term >= this.term) {
      if (this.isLeading && message.term > this.term) this.leadership.resign();
      this.term = message.term;
      this.unanswered = 0;
      this.leadership.cancelSteal();
      this.follow(message);
    }
  }

  private serve(message: MemberMessage): void {
    if (message.kind === 'want') this.leader.want(message.from, message.ticketId);
    else if (message.kind === 'gone') this.leader.leave(message.from);
    else this.broadcastAsLeader({ kind: 'here' });
  }

  private follow(message: LeaderMessageOfTerm): void {
    const { ticketId } = this.options;
    if (message.kind === 'ask') {
      this.want();
      this.options.onGap(false);
    } else if (message.kind === 'lost') this.options.onGap(message.isLasting);
    else if (message.kind === 'left-out' && message.ticketId === ticketId) this.options.onGap(true);
    else if (message.kind === 'event' && ticketOf(message.event) === ticketId)
      this.options.onEvent(message.event);
  }

  /** The leader's page may be blocked: by a dialog of the browser, or a debugger. */
  private readonly ping = (): void => {
    if (this.isLeading || !(isVisible() || this.options.isSecretShown())) return;
    if (this.unanswered >= maxUnanswered) {
      this.unanswered = 0;
      this.leadership.stealLock();
    }
    this.unanswered += 1;
    this.post({ kind: 'ping' });
  };
}
