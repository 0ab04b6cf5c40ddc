/** A message that is not confirmed. It may have been stored all the same: publish it again, consumers deduplicate by its id. */
export class PublishError extends Error {
  override readonly name: string = 'PublishError';
}

/** The broker took the message and found no queue for it. */
export class UnroutableError extends PublishError {
  override readonly name = 'UnroutableError';
}

/** There is no channel to publish on at the moment, or the broker takes nothing. */
export class BrokerUnavailableError extends PublishError {
  override readonly name = 'BrokerUnavailableError';
  /** Nothing can be published, whatever the message is: what the outbox relay needs to know of an error. */
  readonly brokerAway = true;

  constructor(message = 'the broker cannot be reached') {
    super(message);
  }
}

/** The message of an error of the broker, the network or the library. A refused connection to several addresses has a code alone. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.message || ('code' in error ? String(error.code) : error.name);
}
