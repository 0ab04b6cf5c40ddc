import { type CredentialRequest, type CredentialSummary, type Ticket } from '../../api/client.js';
import { type StreamEvent } from '../../live/event-stream.js';
import { type Connection, type LiveOptions, LiveTicket } from '../../live/live-ticket.js';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { InTurn } from './in-turn.js';
import { isEnded, newsOf } from './news.js';
import { Observed } from './observed.js';
import { loadSnapshot, type Snapshot } from './snapshot.js';
import { type TicketApi } from './ticket-api.js';

interface Options extends Pick<LiveOptions, 'group' | 'open' | 'isShowing'> {
  readonly api: TicketApi;
  /**
   * What was destroyed, as soon as it is known; told before anything is fetched again.
   */
  readonly onDestroyed: (credentialIds: readonly string[]) => void;
}

/** How long changes are gathered before they are fetched, in ms. */
const gatherMs = 60;
/** A receipt is signed moments after the destruction, in ms. */
const signingMs = 1_500;
/** "5 minutes ago" gets old, in ms. */
const clockMs = 30_000;

/**
 * What anybody may know of the ticket and what was shared under it, kept
 * up to date. Never a secret.
 */
export class TicketWatch extends Observed {
  ticket: Ticket | undefined;
  credentials: readonly CredentialSummary[] = [];
  requests: readonly CredentialRequest[] = [];
  receipts: Snapshot['receipts'] = { items: [], nextCursor: null };
  /**
   * The number of each credential that was seen, destroyed ones
   * too: the log speaks of them.
   */
  readonly numbers = new Map<string, number>();
  /** Whether this person may see what is shared; undefined while that is unknown. */
  granted: boolean | undefined;
  connection: Connection = 'connecting';
  /** Why the last look failed. */
  problem: ApiProblem | undefined;
  /** Grows with everything that happened, so that a log knows when it is old. */
  news = 0;
  private readonly live: LiveTicket;
  private readonly looks = new InTurn(() => this.look());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private clock: ReturnType<typeof setInterval> | undefined;
  private isOver = false;
  /** A refusal may be out of date, though the ticket is the same. */
  private isRightsNew = false;

  constructor(private readonly options: Options) {
    super();
    this.live = new LiveTicket({
      ...options,
      ticketId: options.api.ticketId,
      onEvent: (event) => {
        this.take(event);
      },
      onGap: () => void this.refresh(),
      onConnection: (connection) => {
        this.connection = connection;
        this.changed();
      },
    });
  }

  get ended(): boolean {
    return this.ticket !== undefined && isEnded(this.ticket.status);
  }

  get openRequest(): CredentialRequest | undefined {
    return this.requests.find(({ fulfilledAt }) => fulfilledAt === null);
  }

  start(): void {
    this.live.start();
    this.clock = setInterval(() => {
      this.changed();
    }, clockMs);
    void this.refresh();
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    clearInterval(this.clock);
    this.live.stop();
  }

  /** There is a network or a token again. */
  wake(): void {
    this.isRightsNew = true;
    this.live.wake();
    void this.refresh();
  }

  /** A token that was just used. */
  takeNoteOf(token: string): void {
    this.live.takeNoteOf(token);
  }

  /** Fetches everything; who asks while that goes on gets what is fetched after it. */
  refresh(): Promise<void> {
    return this.looks.do();
  }

  private async look(): Promise<void> {
    try {
      await this.load();
      this.problem = undefined;
    } catch (error) {
      this.problem = toProblem(error);
      // That a ticket is not there is an answer.
      if (this.problem.code !== 'not-found') this.live.owe();
    }
    if (this.isOver) return;
    this.news += 1;
    this.changed();
  }

  private async load(): Promise<void> {
    const { ticket } = this;
    const isRefused = this.granted === false && !this.live.isPermitted && !this.isRightsNew;
    this.isRightsNew = false;
    const snapshot = await loadSnapshot(this.options.api, isRefused ? this : undefined);
    if (this.isOver) return;
    // An event came meanwhile, and knows more.
    if (this.ticket !== ticket) {
      this.looks.repeat();
      return;
    }
    const left = new Set(snapshot.credentials.map(({ id }) => id));
    // Who may not look any more learns nothing of what is there.
    if (snapshot.granted)
      this.options.onDestroyed(this.credentials.map(({ id }) => id).filter((id) => !left.has(id)));
    Object.assign(this, snapshot);
    for (const { id, number } of snapshot.credentials) this.numbers.set(id, number);
    if (snapshot.receipts.items.some(({ jws }) => jws === null)) this.refreshIn(signingMs);
  }

  private take(event: StreamEvent): void {
    const { status, destroyed } = newsOf(event);
    if (status !== undefined && this.ticket !== undefined) this.ticket = { ...this.ticket, status };
    if (destroyed.length > 0) this.options.onDestroyed(destroyed);
    if (this.ended) this.options.onDestroyed(this.credentials.map(({ id }) => id));
    this.changed();
    this.refreshIn(gatherMs);
  }

  private refreshIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), ms);
  }
}
