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

/**
 * The exchange that leads to the queues above, by their names. The default exchange
 * would do the same, but a user who may write there may write to every queue of
 * every service; this one has a name that permissions can tell, so what arrives
 * through it was put there by us.
 */
export const routesExchange = (queue: string): string => `${queue}.routes`;

/**
 * A message that crashes the process is set aside after this many deliveries; RabbitMQ 4
 * has the same default, 3.10 has none.
 */
const deliveryLimit = 20;
/**
 * Reading dead letters must never exhaust their limit; `-1`, which means no limit on
 * 4.x, loses messages on 3.10.
 */
const noDeliveryLimit = 1_000_000;

const quorum = { 'x-queue-type': 'quorum' };

/**
 * At-least-once dead-lettering needs `reject-publish`: otherwise a full target queue
 * makes the broker drop messages.
 */
const deadLetters = (queue: string, target: string): Record<string, string> => ({
  'x-dead-letter-exchange': routesExchange(queue),
  'x-dead-letter-routing-key': target,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

/**
 * Declares what one consumer needs. Idempotent; the arguments of a queue that exists
 * cannot change, which is why its name has a version. The queues that dead letters go to
 * come first, the bindings last: from then on messages arrive.
 *
 * There is a retry queue per delay, because messages expire only at the head of a queue:
 * behind one that waits for minutes, one that waits for a second would wait as long.
 */
export async function declareTopology(
  channel: Channel,
  { queue, bindings, retryDelays }: Topology,
): Promise<void> {
  const routes = routesExchange(queue);
  const declare = async (name: string, extra: Record<string, unknown>): Promise<void> => {
    await channel.assertQueue(name, { durable: true, arguments: { ...quorum, ...extra } });
    await channel.bindQueue(name, routes, name);
  };
  await channel.assertExchange(routes, 'direct', { durable: true });
  await declare(deadQueue(queue), { 'x-delivery-limit': noDeliveryLimit });
  await declare(queue, {
    ...deadLetters(queue, deadQueue(queue)),
    'x-delivery-limit': deliveryLimit,
  });
  for (const seconds of retryDelays) {
    await declare(retryQueue(queue, seconds), {
      ...deadLetters(queue, queue),
      'x-message-ttl': seconds * 1_000,
    });
  }
  for (const { exchange, keys } of bindings) {
    await channel.assertExchange(exchange, 'topic', { durable: true });
    for (const key of keys) await channel.bindQueue(queue, exchange, key);
  }
}
