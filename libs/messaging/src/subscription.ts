import { randomUUID } from 'node:crypto';
import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';

/** One consumer of a queue, on one channel. */
export class Subscription {
  /** Of our own, known before the first delivery: that one may already ask for a stop. */
  private readonly tag = randomUUID();

  /**
   * @param take is given each message, and null when the broker
   *   has cancelled the consumer
   */
  constructor(
    readonly channel: ConfirmChannel,
    private readonly queue: string,
    private readonly prefetch: number,
    private readonly take: (message: ConsumeMessage | null) => void,
  ) {}

  /** @throws when the channel is closed meanwhile */
  async start(): Promise<void> {
    const { channel, queue, tag } = this;
    // Both are asked for at once, so that a stop, whenever it comes, is asked for after
    // them. The broker gives each consumer the prefetch that was last set when it began.
    await Promise.all([
      channel.prefetch(this.prefetch),
      channel.consume(queue, this.take, { consumerTag: tag }),
    ]);
  }

  async stop(): Promise<void> {
    // A channel that is closed has no consumer left.
    await this.channel.cancel(this.tag).catch(() => undefined);
  }
}
