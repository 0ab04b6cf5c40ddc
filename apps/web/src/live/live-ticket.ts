import { type StreamEvent } from './event-stream.js';
import { claimsOf } from '../api/token.js';
import { type SharingGroup, isSameGroup, grantSame } from './group.js';
import { PollSchedule } from './poll-schedule.js';
import { isSubscriptionResult } from './tab-messages.js';
import { observePageLife, type PageLife } from './page-life.js';
import { locks, SharedStream } from './shared-stream.js';

/** `live`: events are pushed. `polling`: everything is fetched regularly. */
export type Connection = 'connecting' | 'live' | 'polling';

export interface LiveTicketOptions {
  readonly ticketId: string;
  /** Fetches which tabs may share a stream. */
  readonly group: () => Promise<SharingGroup>;
  /** Requests a stream about these tickets; resolves with any response, errors too. */
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: StreamEvent) => void;
  /** Events may have been missed: everything has to be fetched again. */
  readonly refetch: () => void;
  readonly onConnection: (connection: Connection) => void;
  /** Whether a secret is on the screen. */
  readonly isSecretShown: () => boolean;
}

/** The shortest time between two checks of the group, in ms. */
const recheckMs = 60_000;

/**
 * Keeps one ticket up to date from `start` to `stop`: by a stream that is shared with
 * other tabs, and by polling where there is none.
 */
export class LiveTicket {
  /** Whether the stream's last answer for the ticket was `sync`, not `refused`. */
  isPermitted = false;
  private stream: SharedStream | undefined;
  /** The newest attempt to join: an older one that resolves later is ignored. */
  private attempt: object | undefined;
  private readonly polls: PollSchedule;
  private isPaused = false;
  private unobserve: (() => void) | undefined;
  /** Whose stream this tab shares. */
  private group: SharingGroup | undefined;
  private recheckTimer: ReturnType<typeof setTimeout> | undefined;
  private recheckNotBefore = 0;
  /** Until then another person's token does not join at once: the next poll does. */
  private switchNotBefore = 0;

  constructor(private readonly options: LiveTicketOptions) {
    this.polls = new PollSchedule({ poll: this.poll, isSecretShown: options.isSecretShown });
  }

  start(): void {
    this.options.onConnection('connecting');
    this.unobserve = observePageLife(this.onPageLife);
    this.polls.start();
    void this.join();
  }

  stop(): void {
    this.unobserve?.();
    this.unobserve = undefined;
    this.polls.stop();
    this.leave();
  }

  /** There is a network again, or another token: retries now. */
  wake(): void {
    if (!this.polls.isStreaming) this.rejoin();
  }

  /** Fetching everything failed: it is repeated, even while a stream is live. */
  repeatPoll(): void {
    this.polls.repeat();
  }

  /**
   * A token that was just used. Another person's belongs to another group; where another
   * claim has changed, only the gateway knows.
   */
  noteToken(token: string): void {
    const claims = claimsOf(token);
    if (typeof claims?.exp === 'number') this.polls.pollAfterExpiry(claims.exp);
    const current = this.group;
    if (current === undefined) return;
    if (claims?.sub !== current.claims?.sub) this.switchPerson();
    else if (!grantSame(claims, current.claims))
      this.recheckTimer ??= setTimeout(
        () => void this.recheckGroup(current),
        this.recheckNotBefore - Date.now(),
      );
  }

  /**
   * Leaves the former person's stream at once. An issuer that renames the same person in
   * each token would make that endless, so from the second time on the next poll joins.
   */
  private switchPerson(): void {
    const isAtOnce = Date.now() >= this.switchNotBefore;
    this.switchNotBefore = Date.now() + recheckMs;
    if (isAtOnce) {
      this.rejoin();
      return;
    }
    this.leave();
    this.polls.streamLost(false);
    this.options.onConnection('polling');
  }

  private async recheckGroup(asked: SharingGroup): Promise<void> {
    this.recheckNotBefore = Date.now() + recheckMs;
    const group = await this.options.group().catch(() => undefined);
    // The group was left meanwhile, and the timer may belong to the next one.
    if (asked !== this.group) return;
    this.recheckTimer = undefined;
    if (group === undefined) return;
    if (isSameGroup(group, asked)) this.group = group;
    else this.rejoin(group);
  }

  /** @param group if it was fetched already */
  private rejoin(group?: SharingGroup): void {
    this.leave();
    this.onStreamLost(false);
    if (group === undefined) void this.join();
    else this.joinStream(group);
    this.polls.resume();
  }

  private async join(): Promise<void> {
    const attempt = (this.attempt = {});
    const group = await this.options.group().catch(() => undefined);
    if (attempt !== this.attempt) return;
    this.attempt = undefined;
    if (group === undefined) this.onStreamLost(true);
    else this.joinStream(group);
  }

  private joinStream(group: SharingGroup): void {
    this.group = group;
    this.stream = new SharedStream({
      ...this.options,
      name: group.name,
      onEvent: this.receive,
      onGap: this.onStreamLost,
    });
    this.stream.start();
  }

  private leave(): void {
    clearTimeout(this.recheckTimer);
    this.recheckTimer = this.attempt = this.group = undefined;
    this.stream?.stop();
    this.stream = undefined;
  }

  /** A failed attempt to join is repeated with each poll. */
  private readonly poll = (): void => {
    if (this.stream === undefined && this.attempt === undefined) void this.join();
    this.options.refetch();
  };

  private readonly receive = (event: StreamEvent): void => {
    if (!isSubscriptionResult(event)) {
      this.options.onEvent(event);
      return;
    }
    this.isPermitted = event.type === 'sync';
    // A refused ticket counts as polling, so that the page shows the reason.
    this.options.onConnection(this.isPermitted ? 'live' : 'polling');
    this.polls.streamBegan();
  };

  private readonly onStreamLost = (isLasting: boolean): void => {
    if (isLasting) this.options.onConnection('polling');
    this.polls.streamLost(isLasting);
  };

  /**
   * Without locks each tab has a stream of its own, and so lets go of it while it is
   * hidden: connections are few.
   */
  private readonly onPageLife = (life: PageLife): void => {
    if (life === 'suspended' || (life === 'hidden' && !locks)) {
      this.isPaused = true;
      this.leave();
      this.onStreamLost(false);
    } else if (life !== 'hidden' && this.isPaused) {
      this.isPaused = false;
      this.rejoin();
    }
    if (life === 'visible') this.polls.resume();
  };
}
