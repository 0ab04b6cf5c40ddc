/** A message that is not confirmed. It may have been stored all the same: publish it again, consumers deduplicate by its id. */
export class PublishError extends Error {
  override readonly name: string = 'PublishError';
}

/** There is no channel to publish on at the moment. */
export class BrokerUnavailableError extends PublishError {
  override readonly name = 'BrokerUnavailableError';
  /** Nothing can be published, whatever the message is: what the outbox relay needs to know of an error. */
  readonly brokerAway = true;

  constructor(message = 'the broker cannot be reached') {
    super(message);
  }
}

/** The message of whatever was thrown; Nest throws plain objects that have one. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string') return error.message;
  return typeof error === 'string' ? error : 'unknown';
}
