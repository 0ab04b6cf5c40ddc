import { connect } from 'amqplib';
import { exchanges } from '#contracts';

/** Sees the events that end tickets, as any other consumer would. */
export class EventWatch {
  private readonly seen = new Map<string, number>();

  private constructor(
    /** Of the broker. */
    readonly version: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(rabbitmqUrl: string): Promise<EventWatch> {
    const connection = await connect(rabbitmqUrl);
    const channel = await connection.createChannel();
    // The services, which declare it too, may not have found the broker yet.
    await channel.assertExchange(exchanges.ticket, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchanges.ticket, 'ticket.status.changed');
    const watch = new EventWatch(connection.connection.serverProperties.version, () =>
      connection.close(),
    );
    const see = (body: Buffer) =>
      watch.seen.set(
        (JSON.parse(body.toString()) as { subject: string }).subject,
        performance.now(),
      );
    await channel.consume(queue, (message) => message && see(message.content), { noAck: true });
    return watch;
  }

  /**
   * When the ticket's event arrived here, on the clock of
   * `performance.now()`; undefined if it has not.
   */
  at(ticketId: string): number | undefined {
    return this.seen.get(ticketId);
  }
}
