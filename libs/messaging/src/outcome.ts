/**
 * What became of a message.
 * - `done`: acknowledged and gone.
 * - `retry`: this message failed; it comes back after a delay, and counts. After the last attempt it is kept in `<queue>.dead`.
 * - `reject`: it can never succeed (malformed, refused); kept in `<queue>.dead` with its reason at once.
 * - `unavailable`: we failed, not the message (the database is down). Goes back uncounted, and consuming stops until `healthy()`.
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

/** Reads what a handler answered: nothing is done, anything that is no outcome is a mistake of the handler and tried again. */
export function toOutcome(answer: unknown): Outcome {
  if (answer === undefined || answer === null) return done();
  const kind = typeof answer === 'object' && 'kind' in answer ? answer.kind : undefined;
  const known = kind === 'done' || kind === 'retry' || kind === 'reject' || kind === 'unavailable';
  return known ? (answer as Outcome) : retry('the handler answered no outcome');
}
