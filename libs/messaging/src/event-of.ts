import { EventPattern } from '@nestjs/microservices';

/** What Nest calls the transport of a queue. */
export const transportOf = (queue: string): symbol => Symbol.for(`queue ${queue}`);

/**
 * In the place of a type: whatever has no handler of its own. It
 * is written as in a binding.
 */
export const anyType = '#';

/**
 * Handles the events of one type that come by one queue:
 * `(payload: unknown, context: RabbitContext)`. By its type alone a handler would be one
 * for every queue of the service, so that whoever may publish to one of them could say
 * what only the publishers of another may.
 */
export const EventOf = (queue: string, type: string): MethodDecorator =>
  // In a list, since Nest's type for a single one has no room for a context.
  EventPattern([type], transportOf(queue));
