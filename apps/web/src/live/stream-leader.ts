import { type ApiProblem, problemOf, toProblem } from '../api/problem.js';
import { Backoff } from './backoff.js';
import { type StreamEvent } from './event-stream.js';
import { type FromLeader, isStanding, ticketOf } from './messages.js';
import { pause } from './pause.js';
import { readEvents } from './read-events.js';
import { inSlot } from './stream-slots.js';

interface Options {
  readonly locks: LockManager | undefined;
  /** Opens a stream about these tickets; its answer may be any. */
  readonly open: (ticketIds: readonly string[], signal: AbortSignal) => Promise<Response>;
  /** To all tabs, this one too. */
  readonly say: (message: FromLeader) => void;
}

/**
 * How long the others have to say which tickets they want, in ms; who is slower has
 * the stream opened once more.
 */
const gatherMs = 100;
/**
 * As many tickets as one stream can be about (docs/contract.md); the tabs of the
 * others look by themselves.
 */
const maxTickets = 30;
/**
 * A stream that held at least this long was no failure, in ms: it ends with its
 * token, or with its gateway.
 */
const steadyMs = 5_000;

/** A pause up to this is not worth a look by itself, in ms. */
const briefMs = 1_000;

/**
 * What the tab does that leads: it holds the stream for all who share
 * it, and passes on what comes.
 */
export class StreamLeader {
  /** Which tab wants which ticket. */
  private readonly members = new Map<string, string>();
  /** What the stream is about, and how each ticket stands: `sync` or `refused`. */
  private readonly tickets = new Map<string, StreamEvent | undefined>();
  private change = new AbortController();
  private readonly backoff = new Backoff(500, 15_000);

  constructor(private readonly options: Options) {}

  /** Leads; another tab may have a better token when this one's is refused. */
  readonly lead = async (signal: AbortSignal): Promise<number> => {
    while (!signal.aborted) {
      this.members.clear();
      this.options.say({ kind: 'ask' });
      await pause(gatherMs, signal);
      const problem = await this.listenUntilLost(signal);
      const ms = Math.max((problem?.retryAfter ?? 0) * 1000, this.backoff.next());
      // One that ended as it should, with its token or its gateway, is opened
      // again at once; that may fail.
      if (!isOver(signal))
        this.options.say({ kind: 'lost', isLasting: problem !== undefined || ms > briefMs });
      if (problem?.status === 401) return ms;
      await pause(ms, signal);
    }
    return 0;
  };

  want(from: string, ticketId: string): void {
    this.members.set(from, ticketId);
    const known = this.tickets.get(ticketId);
    if (known !== undefined) this.options.say({ kind: 'event', event: known });
    this.changeWhereOther();
    if (this.tickets.size > 0) this.tellLeftOut([ticketId]);
  }

  leave(from: string): void {
    this.members.delete(from);
    this.changeWhereOther();
  }

  /** The tickets that are wanted, those first that the stream is about already. */
  private wanted(): string[] {
    const wanted = new Set(this.members.values());
    const held = [...this.tickets.keys()].filter((ticketId) => wanted.has(ticketId));
    return [...new Set([...held, ...wanted])];
  }

  /** Has the stream opened once more, where it is to be about another ticket too. */
  private changeWhereOther(): void {
    const chosen = this.wanted().slice(0, maxTickets);
    if (chosen.some((ticketId) => !this.tickets.has(ticketId))) this.change.abort();
  }

  /** Tabs whose ticket is one too many look by themselves. */
  private tellLeftOut(tickets: readonly string[]): void {
    const leftOut = new Set(this.wanted().slice(maxTickets));
    for (const ticketId of tickets)
      if (leftOut.has(ticketId)) this.options.say({ kind: 'left-out', ticketId });
  }

  /** @returns why there is no stream; undefined where one has ended as it should */
  private async listenUntilLost(signal: AbortSignal): Promise<ApiProblem | undefined> {
    try {
      const hadSlot = await inSlot(this.options.locks, () => this.listenToMembers(signal));
      return hadSlot ? undefined : toProblem(undefined);
    } catch (error) {
      return toProblem(error);
    } finally {
      this.tickets.clear();
    }
  }

  /** A stream after the other, for as long as another ticket is why one ended. */
  private async listenToMembers(signal: AbortSignal): Promise<void> {
    do {
      const wanted = this.wanted();
      this.change = new AbortController();
      this.tickets.clear();
      for (const ticketId of wanted.slice(0, maxTickets)) this.tickets.set(ticketId, undefined);
      this.tellLeftOut(wanted);
      await this.listen(signal);
    } while (this.change.signal.aborted && !signal.aborted);
  }

  /**
   * Who comes while it is being opened waits for that, so that many who
   * come at once are one change.
   */
  private async listen(signal: AbortSignal): Promise<void> {
    const response = await this.options.open([...this.tickets.keys()], signal);
    if (!response.ok || response.body === null)
      throw problemOf(response, await response.json().catch(() => undefined));
    const began = Date.now();
    await readEvents(
      response.body,
      AbortSignal.any([signal, this.change.signal]),
      this.passOn,
    ).finally(() => {
      if (Date.now() - began >= steadyMs) this.backoff.reset();
    });
  }

  private readonly passOn = (event: StreamEvent): void => {
    if (isStanding(event)) this.tickets.set(ticketOf(event) as string, event);
    this.options.say({ kind: 'event', event });
  };
}

/** What a wait may have changed. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;
