/**
 * What became of a message.
 * - `done`: acknowledged and gone.
 * - `retry`: this message failed; it comes back after a delay, and counts. After the last
 *   attempt it is kept in `<queue>.dead`.
 * - `reject`: it can never succeed (malformed, refused); kept in `<queue>.dead`
 *   with its reason at once.
 * - `unavailable`: we failed, not the message (the database is down). Goes back
 *   uncounted, and consuming stops until `healthy()`.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

export const done = (): Outcome => ({ kind: 'done' });
/** @param reason is kept in a header and logged: never put a payload into it */
export const retry = (reason: string): Outcome => ({ kind: 'retry', reason });
/** @param reason is kept in a header and logged: never put a payload into it */
export const reject = (reason: string): Outcome => ({ kind: 'reject', reason });
/** @param reason is logged: never put a payload into it */
export const unavailable = (reason: string): Outcome => ({ kind: 'unavailable', reason });

const kinds: readonly unknown[] = [
  'done',
  'retry',
  'reject',
  'unavailable',
] satisfies readonly Outcome['kind'][];
const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind);

/**
 * Reads what a handler answered: nothing is done, anything that is no outcome is a
 * mistake of the handler and tried again.
 */
export function toOutcome(answer: unknown): Outcome {
  if (answer === undefined || answer === null) return done();
  return isOutcome(answer) ? answer : retry('the handler answered no outcome');
}

/**
 * What became of a message whose handler threw. The text of the error is left out: those
 * of JSON.parse and of databases quote what they were given.
 */
export const thrownOutcome = (): Outcome => retry('the handler threw');
