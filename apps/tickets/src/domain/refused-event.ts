/** An event of another home that may not be applied, now or later. The message names the rule it breaks, never a value. */
export class RefusedEventError extends Error {
  override readonly name = 'RefusedEventError';
}
