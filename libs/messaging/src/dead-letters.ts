import { type ConfirmChannel, type GetMessage, type Options } from 'amqplib';
import { settlesWithin } from '#waiting';
import { type BrokerConnection } from './broker-connection.js';
import { Confirmations } from './confirmations.js';
import { carriedHeaders, own, type Received, receive } from './received.js';
import { deadQueue, routesExchange } from './topology.js';

const publishTimeoutMs = 5_000;
const closeTimeoutMs = 1_000;

/** What one consumer could not get done, for an operator to give back to it. How many there are tells `BrokerConnection.depth`. */
export class DeadLetters {
  /** @param queue the consumer's queue, not the dead letters' own */
  constructor(
    private readonly connection: BrokerConnection,
    private readonly queue: string,
  ) {}

  /**
   * Gives dead letters back to their queue as first attempts, oldest first. One that fails again comes back behind the others, which is
   * why no more are taken than there were at the start. A crash in between makes two of one, never none.
   * @returns how many were given back
   * @throws BrokerUnavailableError while the broker is away; an error of the broker where the consumer has never run
   */
  replay(max = Number.POSITIVE_INFINITY): Promise<number> {
    return this.onChannel(async (channel) => {
      const { messageCount } = await channel.checkQueue(deadQueue(this.queue));
      const limit = Math.min(max, messageCount);
      for (let replayed = 0; replayed < limit; replayed++) {
        const message = await channel.get(deadQueue(this.queue));
        if (!message) return replayed;
        await this.giveBack(channel, message);
      }
      return limit;
    });
  }

  private async giveBack(channel: ConfirmChannel, message: GetMessage): Promise<void> {
    const { contentType, messageId, timestamp, type, appId } = message.properties as Options.Publish;
    const headers = carriedHeaders(this.asDelivered(message), { [own.attempt]: 1 });
    const options = { contentType, messageId, timestamp, type, appId, headers, persistent: true, mandatory: true };
    const publication = { exchange: routesExchange(this.queue), routingKey: this.queue, body: message.content, options };
    await Confirmations.of(channel).publish(publication, publishTimeoutMs);
    channel.ack(message);
  }

  /**
   * What we buried says itself where it came from. What the broker did, at the delivery limit, tells it in `x-death`. Accepted: on 3.10 a
   * publisher could forge that one, but only for a message that took us down twenty times and that an operator then replays.
   */
  private asDelivered(message: GetMessage): Received {
    const deaths = (message.properties.headers?.['x-death'] ?? []) as { queue: string; exchange: string; 'routing-keys': string[] }[];
    const death = deaths.find(({ queue }) => queue === this.queue);
    if (!death) return receive(this.queue, message);
    const { exchange, 'routing-keys': keys } = death;
    return receive(this.queue, { ...message, fields: { ...message.fields, exchange, routingKey: keys[0] ?? '' } });
  }

  private async onChannel<T>(act: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
    const channel = await this.connection.publishing.openChannel();
    // The error also rejects what was asked for; without a listener it would end the process.
    channel.on('error', () => undefined);
    try {
      return await act(channel);
    } finally {
      await settlesWithin(closeTimeoutMs, channel.close());
    }
  }
}
