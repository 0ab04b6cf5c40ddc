import { type UpstreamAnswer } from '#upstream';
import { Listening } from './listening.js';
import { StreamBody } from './stream-body.js';
import { type StreamEvent } from './stream-event.js';

/** Questions of one stream that may be under way at the same time while it is opened. */
const atOnce = 4;

/**
 * The stream of one client about several tickets, each of which it is permitted by
 * itself. Where it may not listen it is told `refused`, and is asked for on: what it may
 * not hear today it may tomorrow, and then there is a `sync`.
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
      // Who cannot be asked now is asked at the next heartbeat.
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

  /**
   * The owner takes the token for no good any more (401), or it
   * tells nothing about one ticket.
   */
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
 * Who is refused by 403 may read the ticket, and is told that it is worth a look; of what
 * is shared under it they learn nothing.
 */
const isOfTicket = ({ type }: StreamEvent): boolean => type === 'ticket' || type === 'sync';
