import { type GetMessage } from 'amqplib';
import { exchanges } from '#contracts';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type AtBroker } from './broker.js';

/** What a `credentials.destroyed` tells. */
export interface Destroyed {
  readonly ticketId: string;
  readonly receiptId: string;
  readonly credentialIds: readonly string[];
}

const queue = 'chaos.audience';
/** Milliseconds; longer than a queue is without a leader after its broker was killed. */
const timeoutMs = 60_000;

/**
 * Somebody who listens to `credential.events`, as another company's audit would: a
 * durable queue that is emptied when there is something to judge. No connection is kept,
 * so none breaks with the broker.
 */
export class Audience {
  /** By the event's id, since each may arrive more than once. */
  private readonly heard = new Map<string, Destroyed>();

  private constructor(private readonly atBroker: AtBroker) {}

  static async seat(atBroker: AtBroker): Promise<Audience> {
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
    return new Audience(atBroker);
  }

  /** Everything that was destroyed, as far as anybody was told. */
  async destroyed(): Promise<readonly Destroyed[]> {
    // A broker that was killed a moment ago closes connections (541), or says nothing,
    // until its queues have a leader again: each question is given up after seconds, and
    // asked again over a connection of its own.
    await waitUntilPasses(() => this.listen(), timeoutMs);
    return [...this.heard.values()];
  }

  private listen(): Promise<void> {
    return this.atBroker((broker) =>
      broker.act(async (channel) => {
        for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
          this.hear(message);
          channel.ack(message);
        }
      }),
    );
  }

  private hear(message: GetMessage): void {
    const { id, type, data } = JSON.parse(message.content.toString()) as {
      id: string;
      type: string;
      data: Destroyed;
    };
    if (type === 'credentials.destroyed') this.heard.set(id, data);
  }
}
