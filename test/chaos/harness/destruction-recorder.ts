import { type GetMessage } from 'amqplib';
import { exchanges } from '#contracts';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type AtBroker } from './broker.js';

/** The data of a `credentials.destroyed`. */
export interface Destroyed {
  readonly ticketId: string;
  readonly receiptId: string;
  readonly credentialIds: readonly string[];
}

const queue = 'chaos.destructions';
/** Milliseconds; longer than a queue is without a leader after its broker was killed. */
const timeoutMs = 60_000;

/**
 * Consumes `credential.events`, as another company's audit would: from a durable queue,
 * which is emptied when a scenario is judged. No connection is kept, so none breaks with
 * the broker.
 */
export class DestructionRecorder {
  /** By the event's id, since each may arrive more than once. */
  private readonly received = new Map<string, Destroyed>();

  private constructor(private readonly atBroker: AtBroker) {}

  static async start(atBroker: AtBroker): Promise<DestructionRecorder> {
    await atBroker((broker) =>
      broker.act(async (channel) => {
        await channel.assertExchange(exchanges.credential, 'topic', { durable: true });
        await channel.assertQueue(queue, {
          durable: true,
          arguments: { 'x-queue-type': 'quorum' },
        });
        await channel.bindQueue(queue, exchanges.credential, '#');
      }),
    );
    return new DestructionRecorder(atBroker);
  }

  /** Everything whose destruction was published. */
  async destroyed(): Promise<readonly Destroyed[]> {
    // A broker that was killed a moment ago closes connections (541), or says nothing,
    // until its queues have a leader again: each question is given up after seconds, and
    // asked again over a connection of its own.
    await waitUntilPasses(() => this.drain(), timeoutMs);
    return [...this.received.values()];
  }

  private drain(): Promise<void> {
    return this.atBroker((broker) =>
      broker.act(async (channel) => {
        for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
          this.record(message);
          channel.ack(message);
        }
      }),
    );
  }

  private record(message: GetMessage): void {
    const { id, type, data } = JSON.parse(message.content.toString()) as {
      id: string;
      type: string;
      data: Destroyed;
    };
    if (type === 'credentials.destroyed') this.received.set(id, data);
  }
}
