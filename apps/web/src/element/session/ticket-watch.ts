import { type CredentialRequest, type CredentialSummary, type Ticket } from '../../api/client.js';
import { type StreamEvent } from '../../live/event-stream.js';
import { type Connection, type LiveTicketOptions, LiveTicket } from '../../live/live-ticket.js';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { SingleFlight } from './single-flight.js';
import { isEnded, urgentChangeOf } from './urgent-change.js';
import { Observable } from './observable.js';
import { loadSnapshot, type Snapshot } from './snapshot.js';
import { type TicketApi } from './ticket-api.js';

interface TicketWatchOptions extends Pick<LiveTicketOptions, 'group' | 'open' | 'isSecretShown'> {
  readonly api: TicketApi;
  /** Called as soon as it is known, before anything is fetched again. */
  readonly onDestroyed: (credentialIds: readonly string[]) => void;
}

/** How long events are collected before everything is fetched, in ms. */
const collectMs = 60;
/** How soon to ask for the signature of a new receipt, in ms. */
const signingMs = 1_500;
/** How often to render again, so that "5 minutes ago" stays true, in ms. */
const clockMs = 30_000;

/** The ticket and what was shared under it, kept up to date. Never a secret. */
export class TicketWatch extends Observable {
  ticket: Ticket | undefined;
  credentials: readonly CredentialSummary[] = [];
  requests: readonly CredentialRequest[] = [];
  receipts: Snapshot['receipts'] = { items: [], nextCursor: null };
  /**
   * The number of each credential ever seen: the access log names destroyed ones too.
   */
  readonly numbers = new Map<string, number>();
  /** Whether this person may see what is shared; undefined while that is unknown. */
  granted: boolean | undefined;
  connection: Connection = 'connecting';
  /** Why the last fetch failed. */
  problem: ApiProblem | undefined;
  /** Grows with each fetch, so that the access log knows when it is old. */
  changes = 0;
  private readonly live: LiveTicket;
  private readonly refreshing = new SingleFlight(() => this.fetchAll());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private clock: ReturnType<typeof setInterval> | undefined;
  private isStopped = false;
  /** Then a refusal may be out of date although the ticket has not changed. */
  private mayHaveNewRights = false;

  constructor(private readonly options: TicketWatchOptions) {
    super();
    this.live = new LiveTicket({
      ...options,
      ticketId: options.api.ticketId,
      onEvent: (event) => {
        this.receive(event);
      },
      refetch: () => void this.refresh(),
      onConnection: (connection) => {
        this.connection = connection;
        this.notify();
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
      this.notify();
    }, clockMs);
    void this.refresh();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    clearInterval(this.clock);
    this.live.stop();
  }

  /** There is a network, or a token, again. */
  wake(): void {
    this.mayHaveNewRights = true;
    this.live.wake();
    void this.refresh();
  }

  /** A token that was just used. */
  noteToken(token: string): void {
    this.live.noteToken(token);
  }

  /** Fetches everything; a call during a fetch resolves after another one. */
  refresh(): Promise<void> {
    return this.refreshing.do();
  }

  private async fetchAll(): Promise<void> {
    try {
      await this.load();
      this.problem = undefined;
    } catch (error) {
      this.problem = toProblem(error);
      // A ticket that does not exist is an answer, not a failure.
      if (this.problem.code !== 'not-found') this.live.repeatPoll();
    }
    if (this.isStopped) return;
    this.changes += 1;
    this.notify();
  }

  private async load(): Promise<void> {
    const { ticket } = this;
    const isRefused = this.granted === false && !this.live.isPermitted && !this.mayHaveNewRights;
    this.mayHaveNewRights = false;
    const snapshot = await loadSnapshot(this.options.api, isRefused ? this : undefined);
    if (this.isStopped) return;
    // An event came meanwhile, and is newer than this answer.
    if (this.ticket !== ticket) {
      this.refreshing.repeat();
      return;
    }
    const remaining = new Set(snapshot.credentials.map(({ id }) => id));
    // An empty list for a person without access does not mean destroyed.
    if (snapshot.granted)
      this.options.onDestroyed(
        this.credentials.map(({ id }) => id).filter((id) => !remaining.has(id)),
      );
    Object.assign(this, snapshot);
    for (const { id, number } of snapshot.credentials) this.numbers.set(id, number);
    if (snapshot.receipts.items.some(({ jws }) => jws === null)) this.refreshIn(signingMs);
  }

  private receive(event: StreamEvent): void {
    const { status, destroyed } = urgentChangeOf(event);
    if (status !== undefined && this.ticket !== undefined) this.ticket = { ...this.ticket, status };
    if (destroyed.length > 0) this.options.onDestroyed(destroyed);
    if (this.ended) this.options.onDestroyed(this.credentials.map(({ id }) => id));
    this.notify();
    this.refreshIn(collectMs);
  }

  private refreshIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), ms);
  }
}
