import { InvalidEventError } from './invalid-event-error.js';
import { type EventMessage } from './event-message.js';

/**
 * Version 1.0.2 has the colon; later ones also the underscore, for clients of JMS,
 * which cannot write the other.
 */
const attribute = /^cloudEvents[:_](?<name>[a-z0-9]+)$/;

/**
 * Whether the attributes of an event are in the headers: each event has `specversion`.
 */
export const hasAttributes = (headers: EventMessage['headers']): boolean =>
  ['cloudEvents:specversion', 'cloudEvents_specversion'].some((name) =>
    Object.hasOwn(headers, name),
  );

/**
 * An event of the binary content mode, in which the headers are its attributes and the
 * body is its data, of the message's content type.
 */
export function binaryEvent({ headers, contentType, body }: EventMessage): Record<string, unknown> {
  const type =
    typeof contentType === 'string' && contentType !== '' ? { datacontenttype: contentType } : {};
  const data = body.length > 0 ? { data_base64: body.toString('base64') } : {};
  return { ...attributesOf(headers), ...type, ...data };
}

function attributesOf(headers: EventMessage['headers']): Record<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const [header, value] of Object.entries(headers)) {
    const name = attribute.exec(header)?.groups?.name;
    // The name is reserved for what is no attribute.
    if (name === undefined || name === 'data') continue;
    if (attributes.has(name))
      throw new InvalidEventError(
        `an attribute is in two headers, cloudEvents: and cloudEvents_; set one of them`,
      );
    attributes.set(name, canonical(value));
  }
  return Object.fromEntries(attributes);
}

/**
 * A timestamp as text; everything else that AMQP has a type for
 * is in JSON what it is here.
 */
function canonical(value: unknown): unknown {
  const { '!': type, value: seconds } = (value ?? {}) as { '!'?: unknown; value?: unknown };
  if (type !== 'timestamp' || typeof seconds !== 'number') return value;
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? value : time.toISOString();
}
