import { type ConsumeMessage, type GetMessage } from 'amqplib';
import { type Parcel } from './parcel.js';
import { routesExchange } from './topology.js';

/**
 * Headers of our own, put on a message when it goes to a retry
 * queue or to the dead letters.
 */
export const headerNames = {
  attempt: 'x-attempt',
  exchange: 'x-original-exchange',
  firstFailedAt: 'x-first-failed-at',
  lastFailedAt: 'x-last-failed-at',
  attempts: 'x-attempts',
  reason: 'x-reason',
  type: 'x-type',
  userId: 'x-user-id',
} as const;

/** A delivery, or one event of it, with what retries need to know. */
export interface Received extends Parcel {
  /** As it was delivered, with all of its events. */
  readonly message: ConsumeMessage | GetMessage;
  /** The exchange it was first published to. */
  readonly exchange: string;
  /** ISO 8601, UTC; undefined while nothing failed. */
  readonly firstFailedAt: string | undefined;
}

/**
 * Our headers are trusted only on messages from the exchange that nobody else can write
 * to, that is from our retry queues. Otherwise any publisher could forge the number of
 * attempts, or the user that the broker verified.
 */
export function receive(queue: string, message: ConsumeMessage | GetMessage): Received {
  const { fields, properties } = message;
  const headers: Record<string, unknown> = properties.headers ?? {};
  const retried = fields.exchange === routesExchange(queue);
  const trusted = (name: string): string | undefined => (retried ? text(headers[name]) : undefined);
  return {
    message,
    messageId: isShort(properties.messageId) ? text(properties.messageId) : undefined,
    type: trusted(headerNames.type) ?? fields.routingKey,
    exchange: trusted(headerNames.exchange) ?? fields.exchange,
    attempt: retried ? count(headers[headerNames.attempt]) : 1,
    redelivered: fields.redelivered,
    contentType: properties.contentType,
    contentEncoding: properties.contentEncoding,
    headers,
    body: message.content,
    userId: trusted(headerNames.userId) ?? text(properties.userId),
    firstFailedAt: trusted(headerNames.firstFailedAt),
  };
}

/** Bytes of a short string, which names and most properties are. */
const shortString = 255;

/**
 * A received string may be too long to send again: bytes that were
 * not UTF-8 grow when decoded.
 */
export const isShort = (value: unknown): value is string =>
  typeof value === 'string' && Buffer.byteLength(value) <= shortString;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 1;
}
