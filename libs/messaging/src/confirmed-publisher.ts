import { type ConfirmChannel, type Options } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { publishOn } from './confirmations.js';
import { BrokerUnavailableError, PublishError, UnroutableError } from './errors.js';

export interface ConfirmedPublisherOptions {
  /** A durable exchange; declared on every new channel. */
  readonly exchange: string;
  /** Default: topic. */
  readonly kind?: 'topic' | 'direct';
  /** Whether a message that no queue takes is a failure. */
  readonly mandatory: boolean;
  /**
   * A topic exchange that gets a copy once the broker has the message. Best effort: not
   * confirmed, and not considered when deciding whether the message was routable.
   */
  readonly copyTo?: string;
  /** How long to wait for the confirm, in milliseconds; default 5000. */
  readonly timeoutMs?: number;
}

export interface OutgoingMessage {
  /** If given, it must be the publisher's own exchange. */
  readonly exchange?: string;
  readonly routingKey: string;
  readonly messageId: string;
  /** A CloudEvent as JSON. */
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, unknown>>;
  /**
   * Further message properties; default: those of a CloudEvent
   * whose type is the routing key.
   */
  readonly properties?: Options.Publish;
}

/**
 * Publishes to one exchange. A confirmed message is on disk at the broker, in
 * a majority of the replicas.
 */
export class ConfirmedPublisher {
  private readonly keeper: ChannelKeeper;

  constructor(
    private readonly connection: BrokerConnection,
    private readonly options: ConfirmedPublisherOptions,
  ) {
    const { exchange, kind = 'topic', copyTo } = options;
    const setup = async (channel: ConfirmChannel): Promise<void> => {
      await channel.assertExchange(exchange, kind, { durable: true });
      if (copyTo !== undefined) await channel.assertExchange(copyTo, 'topic', { durable: true });
    };
    this.keeper = new ChannelKeeper({
      link: connection.publishing,
      name: `publisher ${exchange}`,
      setup,
    });
  }

  /**
   * Resolves on the confirm, and only then.
   * @throws BrokerUnavailableError at once, when there is no channel to the broker;
   *   BlockedError when the broker blocks publishers
   * @throws UnroutableError when it is mandatory and no queue takes the message
   * @throws PublishError on a nack, a lost channel or the timeout: the message may have
   *   been stored nevertheless
   */
  async publish(message: OutgoingMessage): Promise<void> {
    const { exchange } = this.options;
    if (message.exchange !== undefined && message.exchange !== exchange)
      throw new PublishError(`this publisher is for ${exchange}`);
    try {
      await this.send(message);
      this.connection.metrics.published(exchange, 'confirmed');
    } catch (error) {
      this.connection.metrics.published(exchange, resultOf(error));
      throw error;
    }
  }

  close(): Promise<void> {
    return this.keeper.close();
  }

  private async send({
    routingKey,
    messageId,
    body,
    headers = {},
    properties,
  }: OutgoingMessage): Promise<void> {
    const { exchange, mandatory, copyTo, timeoutMs = 5_000 } = this.options;
    const channel = this.keeper.current;
    if (!channel) throw new BrokerUnavailableError();
    const about = properties ?? { type: routingKey, contentType: 'application/cloudevents+json' };
    const options = { ...about, mandatory, messageId, headers, persistent: true };
    await publishOn(
      this.connection.publishing,
      channel,
      { exchange, routingKey, body, options },
      timeoutMs,
    );
    if (copyTo !== undefined && this.keeper.isOpen(channel))
      channel.publish(copyTo, routingKey, body, { ...about, messageId, headers });
  }
}

function resultOf(error: unknown): 'returned' | 'away' | 'failed' {
  if (error instanceof UnroutableError) return 'returned';
  return error instanceof BrokerUnavailableError ? 'away' : 'failed';
}
