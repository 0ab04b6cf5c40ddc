/**
 * A received document is not the expected event. The message names the faulty part, and
 * what its publisher can do; never its value.
 */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}
