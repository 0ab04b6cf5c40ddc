import { createHash } from 'node:crypto';
import { type GetMessage } from 'amqplib';
import { headerNames, type Received, receive } from './received.js';

/**
 * A message that a consumer could not process. Everything but the times and the
 * attempts may be text from outside.
 */
export interface DeadLetter {
  /**
   * The message id; where the publisher gave none, a fingerprint of the message, which
   * stays the same. Several may share one.
   */
  readonly id: string;
  /** The queue of the consumer that could not process it. */
  readonly queue: string;
  readonly type: string;
  readonly reason: string;
  /**
   * How often a handler was called, as far as known: calls that crashed
   * the process are not counted.
   */
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly firstFailedAt: string | undefined;
  readonly lastFailedAt: string | undefined;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** An entry of `x-death`, which RabbitMQ writes where it dead-letters by itself. */
interface Death {
  readonly queue: string;
  readonly reason: string;
  readonly exchange: string;
  readonly 'routing-keys': readonly string[];
  /** Seconds since 1970. */
  readonly time?: { readonly value: number };
}

const brokersReasons: Readonly<Record<string, string>> = {
  delivery_limit:
    'delivered again and again without an outcome: it takes the consumer down, or holds it up ' +
    'past the timeout of the broker',
  expired: 'its publisher let it expire before it was consumed',
  rejected: 'rejected by a client that is none of ours',
};

/**
 * Messages that we dead-lettered carry their origin in our headers; those that the broker
 * dead-lettered at the delivery limit carry it in `x-death`. Accepted risk: on 3.10 a
 * publisher could forge `x-death`, but only for a message that crashed the service twenty
 * times and that an operator then inspects.
 */
function deathOf(queue: string, message: GetMessage): Death | undefined {
  const deaths = (message.properties.headers?.['x-death'] ?? []) as Death[];
  return deaths.find((death) => death.queue === queue);
}

/** The message as its consumer got it. */
export function asDelivered(queue: string, message: GetMessage): Received {
  const death = deathOf(queue, message);
  if (!death) return receive(queue, message);
  const { exchange, 'routing-keys': keys } = death;
  return receive(queue, {
    ...message,
    fields: { ...message.fields, exchange, routingKey: keys[0] ?? '' },
  });
}

export function describe(queue: string, message: GetMessage): DeadLetter {
  const received = asDelivered(queue, message);
  const { type, headers } = received;
  const death = deathOf(queue, message);
  const said = (name: string): string | undefined =>
    typeof headers[name] === 'string' ? headers[name] : undefined;
  const died =
    death?.time === undefined ? undefined : new Date(death.time.value * 1_000).toISOString();
  const attempts = headers[headerNames.attempts];
  return {
    id: received.messageId ?? fingerprint(received),
    queue,
    type,
    headers,
    body: message.content,
    contentType: message.properties.contentType as string | undefined,
    ...(death === undefined
      ? {
          reason: said(headerNames.reason) ?? 'unknown',
          attempts: typeof attempts === 'number' ? attempts : received.attempt,
          firstFailedAt: said(headerNames.firstFailedAt),
          lastFailedAt: said(headerNames.lastFailedAt),
        }
      : {
          reason: brokersReasons[death.reason] ?? `set aside by the broker: ${death.reason}`,
          attempts: received.attempt,
          firstFailedAt: received.firstFailedAt ?? died,
          lastFailedAt: died,
        }),
  };
}

/** Made of what never changes, however often the message is shown or replayed. */
function fingerprint({ type, exchange, message }: Received): string {
  const hash = createHash('sha256').update(`${exchange}\n${type}\n`).update(message.content);
  return `sha256:${hash.digest('hex').slice(0, 32)}`;
}
