import { type MessageHandler } from '@nestjs/microservices';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { isObservable, lastValueFrom } from 'rxjs';
import { InvalidEventError, readEvent } from '#cloud-events';
import { splitMessage } from './split-message.js';
import { anyType } from './event-of.js';
import { type Outcome, reject, thrownOutcome, toOutcome } from './outcome.js';
import { type Parcel } from './parcel.js';
import { RabbitContext } from './rabbit-context.js';

/** By the type of the event; one for each. */
export type Handlers = ReadonlyMap<string, MessageHandler>;

/**
 * - `ignored`: no handler for its type.
 * - `split`: one of several events in a message; it goes back to the queue as a message
 *   of its own.
 */
export type Handled = Outcome | { readonly kind: 'ignored' | 'split' };

/** @throws when two handlers share a type: each message has one outcome */
export function requireOneEach(handlers: Handlers): void {
  for (const [type, { next }] of handlers) if (next) throw new Error(`${type} has two handlers`);
}

/**
 * Calls the handler of a message, for each of its events in their order. Never rejects:
 * an error of either becomes an outcome.
 *
 * An event that makes the process crash would do so again with all others of its message,
 * so a message of several events that is redelivered is split. If something that the
 * service needs is unavailable for one event, it is for the events behind it too.
 * @returns each event with its outcome as soon as it has one; the message itself
 *   where it holds one event
 */
export async function* dispatch<P extends Parcel>(
  handlers: Handlers,
  message: P,
): AsyncGenerator<readonly [P, Handled]> {
  // A map look-up on purpose: Nest's own would parse the type, which the
  // publisher chose, as JSON.
  const handler = handlers.get(message.type) ?? handlers.get(anyType);
  const events = handler ? splitMessage(message) : ({ kind: 'ignored' } as const);
  if (!handler || 'kind' in events) {
    yield [message, events as Handled];
    return;
  }
  let outcome: Handled = { kind: message.redelivered && events.length > 1 ? 'split' : 'done' };
  for (const event of events) {
    if (outcome.kind !== 'split' && outcome.kind !== 'unavailable')
      outcome = await handle(handler, event);
    yield [event, outcome];
  }
}

async function handle(handler: MessageHandler, event: Parcel): Promise<Outcome> {
  try {
    const payload = readEvent(event);
    const parent = propagation.extract(ROOT_CONTEXT, event.headers);
    return await context.with(parent, async () =>
      toOutcome(await settled(handler(payload, new RabbitContext(event)))),
    );
  } catch (error) {
    return error instanceof InvalidEventError ? reject(error.message) : thrownOutcome();
  }
}

/** Nest answers with a promise, of an observable where something threw. */
async function settled(answer: unknown): Promise<unknown> {
  const value = await answer;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
