import { type GetMessage } from 'amqplib';
import { exchanges, queues, ticketEventTypes } from '#contracts';
import { type Broker } from './broker.js';

const queue = 'chaos.diversion';

/** An event as it was published. */
export interface PublishedEvent {
  readonly type: string;
  readonly messageId: string;
  readonly body: string;
}

/**
 * Takes the events of `tickets` out of the way of `credentials`, for the test to deliver
 * when, as often, and in what order it likes.
 */
export class EventDiversion {
  private constructor(private readonly broker: Broker) {}

  static async start(broker: Broker): Promise<EventDiversion> {
    await broker.at((client) =>
      client.act(async (channel) => {
        await channel.assertQueue(queue, {
          durable: true,
          arguments: { 'x-queue-type': 'quorum' },
        });
        for (const key of ticketEventTypes) {
          await channel.bindQueue(queue, exchanges.ticket, key);
          await channel.unbindQueue(queues.credentialsTicketEvents, exchanges.ticket, key);
        }
      }),
    );
    return new EventDiversion(broker);
  }

  /**
   * @returns everything that was published meanwhile; from now on
   *   events go their way again
   */
  async close(): Promise<PublishedEvent[]> {
    return this.broker.at((client) =>
      client.act(async (channel) => {
        for (const key of ticketEventTypes) {
          await channel.bindQueue(queues.credentialsTicketEvents, exchanges.ticket, key);
          await channel.unbindQueue(queue, exchanges.ticket, key);
        }
        const taken: PublishedEvent[] = [];
        for (
          let message = await channel.get(queue, { noAck: true });
          message;
          message = await channel.get(queue, { noAck: true })
        )
          taken.push(read(message));
        return taken;
      }),
    );
  }

  /** Publishes in this order. Resolves when the broker has taken all of it. */
  async deliver(events: readonly PublishedEvent[]): Promise<void> {
    await this.broker.at(async (client) => {
      for (const { type, messageId, body } of events)
        await client.publish(exchanges.ticket, type, body, { messageId });
    });
  }
}

const read = ({ fields, properties, content }: GetMessage): PublishedEvent => ({
  type: fields.routingKey,
  messageId: properties.messageId as string,
  body: content.toString(),
});
