import { type UpstreamAnswer } from '#upstream';
import { Listening } from './listening.js';
import { StreamBody } from './stream-body.js';
import { type StreamEvent } from './stream-event.js';

/** Questions of one stream that may be under way at the same time while it is opened. */
const atOnce = 4;

/**
 * The stream of one client about several tickets, each of which is permitted separately.
 * For a ticket that the client may not listen to it gets `refused`. The owner is asked
 * again, and if it permits the ticket later, the client gets a `sync`.
 */
export class TicketsStream {
  readonly body: StreamBody;
  readonly listenings: readonly Listening[];
  private readonly refused = new Set<string>();

  /**
   * @param ask asks the owner whether the client may listen to the ticket: 204 permits it
   * @param expiresAt when the client's token ends, in seconds since the epoch
   */
  constructor(
    ticketIds: readonly string[],
    ask: (ticketId: string) => Promise<UpstreamAnswer>,
    expiresAt: number,
  ) {
    this.body = new StreamBody(expiresAt);
    this.listenings = ticketIds.map((ticketId) => this.listeningTo(ticketId, () => ask(ticketId)));
  }

  /**
   * Asks for each ticket for the first time, not for all of them at once. Resolves when
   * there was an answer for each, or the client has left.
   */
  async open(): Promise<void> {
    this.body.startHeartbeat(() => {
      for (const listening of this.listenings) listening.onHeartbeat();
    });
    const queue = this.listenings.values();
    await Promise.all(Array.from({ length: atOnce }, () => this.openEach(queue)));
  }

  private async openEach(queue: Iterable<Listening>): Promise<void> {
    for (const listening of queue) {
      if (this.body.isOver()) return;
      // An owner that cannot be reached now is asked at the next heartbeat.
      await listening.open().catch(() => undefined);
    }
  }

  private listeningTo(ticketId: string, ask: () => Promise<UpstreamAnswer>): Listening {
    return new Listening(ticketId, ask, {
      isGone: this.body.isOver,
      send: (event) => {
        this.refused.delete(ticketId);
        this.body.send(event);
      },
      refuse: (status, withheld) => {
        this.refuse(ticketId, status, withheld);
      },
    });
  }

  /** The owner no longer accepts the token (401), or refuses one ticket. */
  private refuse(
    ticketId: string,
    status: number | undefined,
    withheld: readonly StreamEvent[],
  ): void {
    if (status === 401) {
      this.body.end();
      return;
    }
    const isNews = !this.refused.has(ticketId) || (status === 403 && withheld.some(isOfTicket));
    this.refused.add(ticketId);
    if (isNews) this.body.send({ type: 'refused', data: { ticketId } });
  }
}

/**
 * A person who is refused by 403 may read the ticket, and learns that it has changed, but
 * nothing of what is shared under it.
 */
const isOfTicket = ({ type }: StreamEvent): boolean => type === 'ticket' || type === 'sync';
