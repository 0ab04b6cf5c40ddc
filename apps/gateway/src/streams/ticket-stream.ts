import { type UpstreamAnswer } from '#upstream';
import { Listening } from './listening.js';
import { StreamBody } from './stream-body.js';

/**
 * The stream of one client about one ticket. It ends when the
 * client may not listen any more.
 */
export class TicketStream {
  readonly body: StreamBody;
  readonly listening: Listening;

  /**
   * @param ask asks the owner whether the client may listen: 204 permits it
   * @param expiresAt when the client's token ends, in seconds since the epoch
   */
  constructor(ticketId: string, ask: () => Promise<UpstreamAnswer>, expiresAt: number) {
    this.body = new StreamBody(expiresAt);
    this.listening = new Listening(ticketId, ask, {
      isGone: this.body.isOver,
      send: this.body.send,
      refuse: this.body.end,
    });
  }

  /**
   * Asks for the first time.
   * @returns the answer; unless it permits to listen, the stream is gone
   * @throws what asking rejects with, and the stream is gone
   */
  async open(): Promise<UpstreamAnswer> {
    let answer: UpstreamAnswer | undefined;
    try {
      return (answer = await this.listening.open());
    } finally {
      if (answer?.status !== 204) this.body.readable.destroy();
      this.body.startHeartbeat(() => {
        this.listening.onHeartbeat();
      });
    }
  }
}
