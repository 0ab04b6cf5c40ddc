import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { Confirmations } from './confirmations.js';
import { BrokerUnavailableError, PublishError } from './errors.js';

export interface ConfirmedPublisherOptions {
  /** A durable topic exchange; declared on every new channel. */
  readonly exchange: string;
  /** Whether a message that no queue takes is a failure. */
  readonly mandatory: boolean;
  /** How long to wait for the confirm, in milliseconds; default 5000. */
  readonly timeoutMs?: number;
}

export interface OutgoingMessage {
  /** Where given, it has to be the publisher's own. */
  readonly exchange?: string;
  readonly routingKey: string;
  readonly messageId: string;
  /** A CloudEvent as JSON. */
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Publishes to one exchange. The promise it gives is the broker's own: what is confirmed is on disk, in a majority of the replicas. */
export class ConfirmedPublisher {
  private readonly keeper: ChannelKeeper;

  constructor(
    connection: BrokerConnection,
    private readonly options: ConfirmedPublisherOptions,
  ) {
    const setup = async (channel: Parameters<typeof Confirmations.of>[0]): Promise<void> => {
      await channel.assertExchange(options.exchange, 'topic', { durable: true });
    };
    this.keeper = new ChannelKeeper({ connection, name: `publisher ${options.exchange}`, setup });
  }

  /**
   * Resolves on the confirm, and only then.
   * @throws BrokerUnavailableError at once, when there is no channel to the broker
   * @throws PublishError on a nack, a return, a lost channel or the timeout: the message may have been stored all the same
   */
  async publish(message: OutgoingMessage): Promise<void> {
    const { exchange, mandatory, timeoutMs = 5_000 } = this.options;
    if (message.exchange !== undefined && message.exchange !== exchange) throw new PublishError(`this publisher is for ${exchange}`);
    const channel = this.keeper.current;
    if (!channel) throw new BrokerUnavailableError();
    const { routingKey, messageId, body, headers = {} } = message;
    const options = { mandatory, messageId, headers, persistent: true, type: routingKey, contentType: 'application/cloudevents+json' };
    await Confirmations.of(channel).publish({ exchange, routingKey, body, options }, timeoutMs);
  }

  close(): Promise<void> {
    return this.keeper.close();
  }
}
