import {
  eventMediaType,
  type EventMessage,
  InvalidEventError,
  isBatch,
  membersOf,
  readEvent,
} from '#cloud-events';
import { type Outcome, reject } from './outcome.js';
import { type Parcel } from './parcel.js';
import { isShort } from './received.js';

/** Bytes. Events are far smaller; parsing a larger body could exhaust the memory. */
const largestBody = 1024 * 1024;

/**
 * Splits a message that holds several events into one message for each, with the id of
 * the event and the headers that trace it. So each is retried, and kept as a dead letter,
 * by itself.
 * @returns the message itself where it holds one event, with the id of the event where it
 *   had none; the outcome where it cannot be split
 */
export function splitMessage<P extends Parcel>(message: P): readonly P[] | Outcome {
  if (message.body.length > largestBody) return reject('larger than 1 MiB');
  if (!isBatch(message.contentType))
    return [message.messageId === undefined ? { ...message, messageId: idOf(message) } : message];
  try {
    return membersOf(message).map((body) => {
      const member = {
        contentType: eventMediaType,
        contentEncoding: undefined,
        headers: traceOf(message.headers),
        body,
      };
      return { ...message, ...member, messageId: idOf(member) };
    });
  } catch (error) {
    if (error instanceof InvalidEventError) return reject(error.message);
    throw error;
  }
}

/**
 * The headers of W3C Trace Context. A thousand events with all of the headers would be
 * more than their message was.
 */
const traceOf = (headers: Parcel['headers']): Parcel['headers'] =>
  Object.fromEntries(
    ['traceparent', 'tracestate']
      .map((name) => [name, headers[name]] as const)
      .filter(([, value]) => isShort(value)),
  );

/**
 * By which an operator finds it among the dead letters, whoever gave its event the name.
 */
function idOf(event: EventMessage): string | undefined {
  try {
    const { id } = Object(readEvent(event)) as { id?: unknown };
    return isShort(id) && id !== '' ? id : undefined;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
