import { binaryEvent, hasAttributes } from './binary-mode.js';
import { withData } from './data.js';
import { diagnose } from './diagnose.js';
import { type EventMessage } from './event-message.js';
import { InvalidEventError } from './invalid-event-error.js';
import { parseJson } from './json.js';
import { isEventFormat } from './media-type.js';

/**
 * The event of a message as the JSON format of CloudEvents has it, whichever content mode
 * it came in
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md).
 * Nothing of it is checked yet.
 *
 * Few clients set a content type by themselves, and some a wrong one. So it decides only
 * what could be either: an event whose attributes are headers, and several events in one
 * message, which `membersOf` takes apart.
 * @throws InvalidEventError where there is none
 */
export function readEvent(message: EventMessage): unknown {
  if (hasAttributes(message.headers) && !isEventFormat(message.contentType))
    return withData(binaryEvent(message));
  const event = parseJson(message.body);
  if (event === undefined) throw new InvalidEventError(diagnose(message));
  if (!isObject(event)) return event;
  if (Object.hasOwn(message.headers, hidden) && !Object.hasOwn(event, 'specversion'))
    throw new InvalidEventError(hiddenReason);
  return withData(event);
}

/**
 * Where RabbitMQ 3 puts the application properties of an AMQP 1.0 message, all in
 * one value that is no text.
 */
const hidden = 'x-amqp-1.0-app-properties';
const hiddenReason =
  'RabbitMQ 3 hides the properties of an AMQP 1.0 message; send attributes and data in one ' +
  'JSON (structured mode)';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
