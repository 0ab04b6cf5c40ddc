import { type Options } from 'amqplib';
import { isShort, headerNames, type Received } from './received.js';

/**
 * Headers that the broker writes itself, and `CC`/`BCC`, which would send
 * a copy to other queues too.
 */
const notCopied = /^(x-death|x-(first|last)-death-.*|x-delivery-count|x-acquired-count|cc|bcc)$/i;

/**
 * Bytes of a publisher's headers that are copied. The library encodes up to 64 KiB of
 * them, and all must fit into one frame.
 */
const budget = 16_384;

const sizeOf = (text: string): number => Buffer.byteLength(text);

/**
 * The headers of a message's copy: the publisher's, and our own. A header that cannot be
 * encoded must never prevent the copy. So only plain values and times are copied, the
 * shortest first, as long as there is room; lists, tables and bytes are not.
 */
export function copiedHeaders(
  received: Received,
  remembered: Readonly<Record<string, string | number>>,
): Record<string, unknown> {
  const ours: readonly string[] = Object.values(headerNames);
  const theirs = Object.entries(received.headers).filter(
    ([name]) => isShort(name) && !notCopied.test(name) && !ours.includes(name),
  );
  const { type, exchange, userId } = received;
  const origin = {
    [headerNames.type]: type,
    [headerNames.exchange]: exchange,
    ...(userId === undefined ? {} : { [headerNames.userId]: userId }),
  };
  return { ...withinBudget(theirs), ...origin, ...remembered };
}

function withinBudget(headers: readonly [string, unknown][]): Record<string, unknown> {
  const weighed = headers
    .filter(([, value]) => isPlain(value) || isTime(value))
    .map(([name, value]) => ({ name, value, size: sizeOf(name) + sizeOf(String(value)) }))
    .sort((one, other) => one.size - other.size);
  const copied: [string, unknown][] = [];
  let room = budget;
  for (const { name, value, size } of weighed) {
    room -= size;
    if (room < 0) break;
    copied.push([name, value]);
  }
  return Object.fromEntries(copied);
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/**
 * As the library reads it: an attribute of a CloudEvent may be one. It writes no negative
 * number, and none that it has rounded.
 */
function isTime(value: unknown): boolean {
  const { '!': type, value: seconds } = Object(value) as { '!'?: unknown; value?: unknown };
  return type === 'timestamp' && Number.isSafeInteger(seconds) && Number(seconds) >= 0;
}

/**
 * The properties of a message's copy. Left out on purpose: the user, which the broker
 * would compare with ours, and an expiry, which would delete the copy.
 */
export function copiedProperties({
  contentType,
  contentEncoding,
  message,
}: Received): Options.Publish {
  const properties: Readonly<Record<string, unknown>> = { ...message.properties };
  const { type, appId, timestamp } = properties;
  const texts = Object.entries({ contentType, contentEncoding, type, appId }).filter(([, value]) =>
    isShort(value),
  );
  return {
    ...Object.fromEntries(texts),
    ...(Number.isSafeInteger(timestamp) && { timestamp: timestamp as number }),
  };
}
