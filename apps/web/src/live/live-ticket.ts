import { type StreamEvent } from './event-stream.js';
import { claimsOf } from '../api/token.js';
import { type Group, isSameGroup, saySame } from './group.js';
import { Looks } from './looks.js';
import { isStanding } from './messages.js';
import { observeLife, type PageLife } from './page-life.js';
import { locks, SharedStream } from './shared-stream.js';

/**
 * `live`: news come as they happen. `polling`: they are fetched again and again.
 * `connecting`: neither yet.
 */
export type Connection = 'connecting' | 'live' | 'polling';

export interface LiveOptions {
  readonly ticketId: string;
  /** Asks with whom a stream may be shared. */
  readonly group: () => Promise<Group>;
  /** Opens a stream about these tickets; its answer may be any. */
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: StreamEvent) => void;
  /** Something may have been missed: everything is to be fetched again. */
  readonly onGap: () => void;
  readonly onConnection: (connection: Connection) => void;
  /** Whether a secret is on the screen. */
  readonly isShowing: () => boolean;
}

/** How often it is asked again with whom a stream may be shared, at most, in ms. */
const askAgainMs = 60_000;

/**
 * News of one ticket for as long as it runs: by a stream that it shares with other tabs,
 * and without one by looks at everything.
 */
export class LiveTicket {
  /** Whether the last that was told is that one may hear of the ticket. */
  isPermitted = false;
  private stream: SharedStream | undefined;
  /** Of attempts to join the newest counts; none where there is nothing to wait for. */
  private attempt: object | undefined;
  private readonly looks: Looks;
  private isAway = false;
  private unobserve: (() => void) | undefined;
  /** With whom the stream is shared. */
  private group: Group | undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private notBefore = 0;
  /** Until then another person's token leads to another stream by a look only. */
  private notAtOnceBefore = 0;

  constructor(private readonly options: LiveOptions) {
    this.looks = new Looks({ look: this.look, isShowing: options.isShowing });
  }

  start(): void {
    this.options.onConnection('connecting');
    this.unobserve = observeLife(this.live);
    this.looks.start();
    void this.join();
  }

  stop(): void {
    this.unobserve?.();
    this.unobserve = undefined;
    this.looks.stop();
    this.leave();
  }

  /** Tries again now: there is a network again, or another token. */
  wake(): void {
    if (!this.looks.isTold) this.rejoin();
  }

  /** Fetching everything failed: it is to be done again, whatever a stream tells. */
  owe(): void {
    this.looks.owe();
  }

  /**
   * A token that was just used. With another person's, a stream is shared with others;
   * whether it is, where something else in it is new, has to be asked.
   */
  takeNoteOf(token: string): void {
    const claims = claimsOf(token);
    if (typeof claims?.exp === 'number') this.looks.lookAfter(claims.exp);
    const known = this.group;
    if (known === undefined) return;
    if (claims?.sub !== known.claims?.sub) this.change();
    else if (!saySame(claims, known.claims))
      this.asking ??= setTimeout(() => void this.askAgain(known), this.notBefore - Date.now());
  }

  /**
   * The stream of another person is left at once. Where an issuer names the same one anew
   * in each token, that would never end: from the second time on a look joins.
   */
  private change(): void {
    const isAtOnce = Date.now() >= this.notAtOnceBefore;
    this.notAtOnceBefore = Date.now() + askAgainMs;
    if (isAtOnce) {
      this.rejoin();
      return;
    }
    this.leave();
    this.looks.untold(false);
    this.options.onConnection('polling');
  }

  private async askAgain(known: Group): Promise<void> {
    this.notBefore = Date.now() + askAgainMs;
    const group = await this.options.group().catch(() => undefined);
    // It was left meanwhile, and the timer may be another's.
    if (known !== this.group) return;
    this.asking = undefined;
    if (group === undefined) return;
    if (isSameGroup(group, known)) this.group = group;
    else this.rejoin(group);
  }

  /** @param group where that is known already */
  private rejoin(group?: Group): void {
    this.leave();
    this.lose(false);
    if (group === undefined) void this.join();
    else this.share(group);
    this.looks.soon();
  }

  private async join(): Promise<void> {
    const attempt = (this.attempt = {});
    const group = await this.options.group().catch(() => undefined);
    if (attempt !== this.attempt) return;
    this.attempt = undefined;
    if (group === undefined) this.lose(true);
    else this.share(group);
  }

  private share(group: Group): void {
    this.group = group;
    this.stream = new SharedStream({
      ...this.options,
      name: group.name,
      onEvent: this.take,
      onGap: this.lose,
    });
    this.stream.start();
  }

  private leave(): void {
    clearTimeout(this.asking);
    this.asking = this.attempt = this.group = undefined;
    this.stream?.stop();
    this.stream = undefined;
  }

  /** Who could not join tries it again when it looks. */
  private readonly look = (): void => {
    if (this.stream === undefined && this.attempt === undefined) void this.join();
    this.options.onGap();
  };

  private readonly take = (event: StreamEvent): void => {
    if (!isStanding(event)) {
      this.options.onEvent(event);
      return;
    }
    this.isPermitted = event.type === 'sync';
    // Why nothing is told may be a problem, which is worth showing.
    this.options.onConnection(this.isPermitted ? 'live' : 'polling');
    this.looks.told();
  };

  private readonly lose = (isLasting: boolean): void => {
    if (isLasting) this.options.onConnection('polling');
    this.looks.untold(isLasting);
  };

  /**
   * A tab that has a stream for itself, where the browser has no locks, does
   * without while nobody sees it.
   */
  private readonly live = (life: PageLife): void => {
    if (life === 'away' || (life === 'unseen' && !locks)) {
      this.isAway = true;
      this.leave();
      this.lose(false);
    } else if (life !== 'unseen' && this.isAway) {
      this.isAway = false;
      this.rejoin();
    }
    if (life === 'seen') this.looks.soon();
  };
}
