import { type ConsumeMessage, type GetMessage } from 'amqplib';
import { type Delivery } from './rabbit-context.js';
import { routesExchange } from './topology.js';

/** Headers of our own, put on a message when it goes to a retry queue or to the dead letters. */
export const own = {
  attempt: 'x-attempt',
  exchange: 'x-original-exchange',
  firstFailedAt: 'x-first-failed-at',
  lastFailedAt: 'x-last-failed-at',
  attempts: 'x-attempts',
  reason: 'x-reason',
  type: 'x-type',
  userId: 'x-user-id',
} as const;

/** A delivery, with what only retrying needs to know. */
export interface Received extends Delivery {
  readonly message: ConsumeMessage | GetMessage;
  /** The exchange it was first published to. */
  readonly exchange: string;
  /** ISO 8601, UTC; undefined while nothing failed. */
  readonly firstFailedAt: string | undefined;
}

/**
 * Our headers count only on what arrives through the exchange that nobody else writes to, that is from our retry queues: any publisher
 * could otherwise forge the number of attempts, or the user the broker vouched for.
 */
export function receive(queue: string, message: ConsumeMessage | GetMessage): Received {
  const { fields, properties } = message;
  const headers: Record<string, unknown> = properties.headers ?? {};
  const retried = fields.exchange === routesExchange(queue);
  const trusted = (name: string): string | undefined => (retried ? text(headers[name]) : undefined);
  return {
    message,
    messageId: text(properties.messageId),
    type: trusted(own.type) ?? fields.routingKey,
    exchange: trusted(own.exchange) ?? fields.exchange,
    attempt: retried ? count(headers[own.attempt]) : 1,
    redelivered: fields.redelivered,
    headers,
    userId: trusted(own.userId) ?? text(properties.userId),
    firstFailedAt: trusted(own.firstFailedAt),
  };
}

/** What the broker writes itself, and `CC`/`BCC`, by which a copy would go to other queues too. */
const notCopied = /^(x-death|x-(first|last)-death-.*|x-delivery-count|x-acquired-count|cc|bcc)$/i;

/** The headers to republish a message with: the publisher's, and what we have to remember. */
export function carriedHeaders(received: Received, remembered: Readonly<Record<string, string | number>>): Record<string, unknown> {
  const ours: readonly string[] = Object.values(own);
  const theirs = Object.entries(received.headers).filter(([name]) => !notCopied.test(name) && !ours.includes(name));
  const { type, exchange, userId } = received;
  const origin = { [own.type]: type, [own.exchange]: exchange, ...(userId === undefined ? {} : { [own.userId]: userId }) };
  return { ...Object.fromEntries(theirs), ...origin, ...remembered };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 1;
}
