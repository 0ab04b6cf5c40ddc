import { type Channel } from 'amqplib';

export interface Binding {
  readonly exchange: string;
  /** Topic patterns: `*` is one word, `#` any number of them. */
  readonly keys: readonly string[];
}

export interface Topology {
  readonly queue: string;
  readonly bindings: readonly Binding[];
  /** The delays of the retry queues, in seconds. */
  readonly retryDelays: readonly number[];
}

export const deadQueue = (queue: string): string => `${queue}.dead`;
export const retryQueue = (queue: string, seconds: number): string => `${queue}.retry.${seconds}s`;

/** A message that takes the process down with it is set aside after so many deliveries; RabbitMQ 4 has the same default, 3.10 has none. */
const deliveryLimit = 20;
/** Looking into the dead letters must never use them up, and `-1`, which means no limit on 4.x, loses messages on 3.10. */
const noDeliveryLimit = 1_000_000;

/** At least once needs `reject-publish`: otherwise a full target makes the broker drop what it was to keep. */
const deadLetterTo = (queue: string): Record<string, string> => ({
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': queue,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

/**
 * Declares what one consumer needs. Idempotent; the arguments of a queue that exists cannot change, which is why its name has a version.
 * The queues that dead letters go to come first, the bindings last: from then on messages arrive.
 */
export async function declareTopology(channel: Channel, { queue, bindings, retryDelays }: Topology): Promise<void> {
  const quorum = { 'x-queue-type': 'quorum' };
  await channel.assertQueue(deadQueue(queue), { durable: true, arguments: { ...quorum, 'x-delivery-limit': noDeliveryLimit } });
  const work = { ...quorum, ...deadLetterTo(deadQueue(queue)), 'x-delivery-limit': deliveryLimit };
  await channel.assertQueue(queue, { durable: true, arguments: work });
  for (const seconds of retryDelays) {
    const wait = { ...quorum, ...deadLetterTo(queue), 'x-message-ttl': seconds * 1_000 };
    await channel.assertQueue(retryQueue(queue, seconds), { durable: true, arguments: wait });
  }
  for (const { exchange, keys } of bindings) {
    await channel.assertExchange(exchange, 'topic', { durable: true });
    for (const key of keys) await channel.bindQueue(queue, exchange, key);
  }
}
