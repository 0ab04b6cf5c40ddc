import { type ApiProblem, problemOf, toProblem } from '../api/problem.js';
import { Backoff } from './backoff.js';
import { type StreamEvent } from './event-stream.js';
import { type LeaderMessage, isSubscriptionResult, ticketOf } from './tab-messages.js';
import { pause } from './pause.js';
import { readEvents } from './read-events.js';
import { withStreamSlot } from './stream-slots.js';

interface StreamLeaderOptions {
  readonly locks: LockManager | undefined;
  /** Requests a stream about these tickets; resolves with any response, errors too. */
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  /** Sends to all tabs, this one included. */
  readonly broadcast: (message: LeaderMessage) => void;
}

/**
 * How long the other tabs have to say which tickets they want, in ms. For a tab that is
 * slower the stream is reopened.
 */
const collectMs = 100;
/** Tickets of one stream (docs/contract.md); the tabs of any others poll. */
const maxTickets = 30;
/**
 * In ms. A stream that lasted this long did not fail: it ended with its token or its
 * gateway, so the backoff begins anew.
 */
const stableMs = 5_000;

/** In ms. A pause up to this is not worth a poll. */
const shortPauseMs = 1_000;

/** The leading tab's part: it holds the stream for all tabs and relays its events. */
export class StreamLeader {
  /** The ticket that each tab wants. */
  private readonly wantedByTab = new Map<string, string>();
  /** The tickets of the stream, each with its last `sync` or `refused`. */
  private readonly streamed = new Map<string, StreamEvent | undefined>();
  private reopening = new AbortController();
  private readonly backoff = new Backoff(500, 15_000);

  constructor(private readonly options: StreamLeaderOptions) {}

  /**
   * Holds streams one after the other until `signal` is aborted, or this tab's token is
   * refused: another tab may have a better one.
   * @returns ms for which this tab does not want to lead again
   */
  readonly lead = async (signal: AbortSignal): Promise<number> => {
    while (!signal.aborted) {
      this.wantedByTab.clear();
      this.options.broadcast({ kind: 'ask' });
      await pause(collectMs, signal);
      const problem = await this.listenUntilLost(signal);
      const ms = Math.max((problem?.retryAfter ?? 0) * 1000, this.backoff.next());
      // A stream that ended with its token or its gateway is reopened at once, so a
      // short gap needs no poll, unless the pause has grown.
      if (!isAborted(signal))
        this.options.broadcast({
          kind: 'lost',
          isLasting: problem !== undefined || ms > shortPauseMs,
        });
      if (problem?.status === 401) return ms;
      await pause(ms, signal);
    }
    return 0;
  };

  want(from: string, ticketId: string): void {
    this.wantedByTab.set(from, ticketId);
    const latest = this.streamed.get(ticketId);
    if (latest !== undefined) this.options.broadcast({ kind: 'event', event: latest });
    this.reopenIfNeeded();
    if (this.streamed.size > 0) this.announceLeftOut([ticketId]);
  }

  leave(from: string): void {
    this.wantedByTab.delete(from);
    this.reopenIfNeeded();
  }

  /** First those that are streamed already, so that no tab loses its place. */
  private wanted(): string[] {
    const wanted = new Set(this.wantedByTab.values());
    const held = [...this.streamed.keys()].filter((ticketId) => wanted.has(ticketId));
    return [...new Set([...held, ...wanted])];
  }

  /** Only if a wanted ticket is missing: one that is not wanted any more does no harm. */
  private reopenIfNeeded(): void {
    const chosen = this.wanted().slice(0, maxTickets);
    if (chosen.some((ticketId) => !this.streamed.has(ticketId))) this.reopening.abort();
  }

  /** Their tabs poll instead. */
  private announceLeftOut(tickets: readonly string[]): void {
    const leftOut = new Set(this.wanted().slice(maxTickets));
    for (const ticketId of tickets)
      if (leftOut.has(ticketId)) this.options.broadcast({ kind: 'left-out', ticketId });
  }

  /** @returns why there is no stream; undefined where it ended normally */
  private async listenUntilLost(signal: AbortSignal): Promise<ApiProblem | undefined> {
    try {
      const hadSlot = await withStreamSlot(this.options.locks, () => this.listenToMembers(signal));
      return hadSlot ? undefined : toProblem(undefined);
    } catch (error) {
      return toProblem(error);
    } finally {
      this.streamed.clear();
    }
  }

  /** Reopens the stream for as long as another ticket is the reason that it ended. */
  private async listenToMembers(signal: AbortSignal): Promise<void> {
    do {
      const wanted = this.wanted();
      this.reopening = new AbortController();
      this.streamed.clear();
      for (const ticketId of wanted.slice(0, maxTickets)) this.streamed.set(ticketId, undefined);
      this.announceLeftOut(wanted);
      await this.listen(signal);
    } while (this.reopening.signal.aborted && !signal.aborted);
  }

  /**
   * A ticket that is wanted while the stream is being opened waits for that, so that many
   * tabs at once cause one reopening.
   */
  private async listen(signal: AbortSignal): Promise<void> {
    const response = await this.options.open([...this.streamed.keys()], signal);
    if (!response.ok || response.body === null)
      throw problemOf(response, await response.json().catch(() => undefined));
    const began = Date.now();
    await readEvents(
      response.body,
      AbortSignal.any([signal, this.reopening.signal]),
      this.relay,
    ).finally(() => {
      if (Date.now() - began >= stableMs) this.backoff.reset();
    });
  }

  private readonly relay = (event: StreamEvent): void => {
    if (isSubscriptionResult(event)) this.streamed.set(ticketOf(event) as string, event);
    this.options.broadcast({ kind: 'event', event });
  };
}

/** Through a function: TypeScript assumes that no wait changes `aborted`. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
