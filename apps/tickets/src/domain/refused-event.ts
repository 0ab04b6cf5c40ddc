import { InvalidEventError } from '#contracts';

/**
 * An event of another home that may not be applied, now or later. The message names the
 * rule it breaks, never a value.
 */
export class RefusedEventError extends Error {
  override readonly name = 'RefusedEventError';
}

/** Whether an event can never be applied as it is, because of what it says. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof InvalidEventError || error instanceof RefusedEventError;
