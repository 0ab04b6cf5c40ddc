import { EventPattern } from '@nestjs/microservices';

/** What Nest calls the transport of a queue. */
export const transportOf = (queue: string): symbol => Symbol.for(`queue ${queue}`);

/** In the place of a type: any type without a handler. Written as in a binding. */
export const anyType = '#';

/**
 * Handles the events of these types that arrive at one queue:
 * `(payload: unknown, context: RabbitContext)`. Without the queue it would handle
 * those of every queue of the service, so that whoever may publish to one of them could
 * say what only the publishers of another may.
 */
export const EventOf = (queue: string, ...types: readonly string[]): MethodDecorator =>
  EventPattern([...types], transportOf(queue));
