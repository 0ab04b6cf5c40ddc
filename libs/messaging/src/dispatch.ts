import { type MessageHandler } from '@nestjs/microservices';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { isObservable, lastValueFrom } from 'rxjs';
import { anyType } from './event-of.js';
import { type Outcome, reject, thrownOutcome, toOutcome } from './outcome.js';
import { type Delivery, RabbitContext } from './rabbit-context.js';

/** By the type of the event; one for each. */
export type Handlers = ReadonlyMap<string, MessageHandler>;

/** `ignored`: no handler for its type. */
export type Handled = Outcome | { readonly kind: 'ignored' };

/** Bytes. Events are far smaller; parsing a larger body could exhaust the memory. */
const largestBody = 1024 * 1024;

/** @throws when two handlers share a type: each message has one outcome */
export function demandOneEach(handlers: Handlers): void {
  for (const [type, { next }] of handlers) if (next) throw new Error(`${type} has two handlers`);
}

/**
 * Calls the handler of a message. Never rejects: an error of either becomes an outcome.
 * @param strict whether a type without a handler is a mistake
 */
export async function dispatch(handlers: Handlers, delivery: Delivery, content: Buffer, strict: boolean): Promise<Handled> {
  // A map look-up on purpose: Nest's own would parse the type, which the publisher chose, as JSON.
  const handler = handlers.get(delivery.type) ?? handlers.get(anyType);
  if (!handler) return strict ? reject(`its routing key is none of: ${[...handlers.keys()].join(', ')}`) : { kind: 'ignored' };
  if (content.length > largestBody) return reject('larger than 1 MiB');
  const payload = parse(content);
  if (payload === undefined) return reject('not JSON in UTF-8');
  try {
    const parent = propagation.extract(ROOT_CONTEXT, delivery.headers);
    return await context.with(parent, async () => toOutcome(await settled(handler(payload, new RabbitContext(delivery)))));
  } catch (error) {
    return thrownOutcome(error);
  }
}

/** Nest answers with a promise, of an observable where something threw. */
async function settled(answer: unknown): Promise<unknown> {
  const value = await answer;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}

/** @returns undefined when it is not JSON, which JSON itself cannot say */
function parse(content: Buffer): unknown {
  try {
    // Fatal: bytes that are no UTF-8 would otherwise be replaced, and two names could become one.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return undefined;
  }
}
