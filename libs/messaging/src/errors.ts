/**
 * A message was not confirmed. It may have been stored nevertheless: publish it again,
 * consumers deduplicate by its id.
 */
export class PublishError extends Error {
  override readonly name: string = 'PublishError';
}

/** The broker took the message and found no queue for it. */
export class UnroutableError extends PublishError {
  override readonly name = 'UnroutableError';
}

/** There is no channel to publish on at the moment, or the broker blocks publishers. */
export class BrokerUnavailableError extends PublishError {
  override readonly name: string = 'BrokerUnavailableError';
  /**
   * Tells the outbox relay that nothing can be published at the
   * moment, whatever the message.
   */
  readonly brokerAway = true;

  constructor(message = 'the broker cannot be reached') {
    super(message);
  }
}

/**
 * The broker is out of memory or disk. What was sent may have been stored nevertheless.
 */
export class BlockedError extends BrokerUnavailableError {
  constructor() {
    super('the broker takes no messages for now: it is out of memory or disk');
  }
}

/**
 * The message of an error of the broker, the network or the library. A refused connection
 * to several addresses has a code alone.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.message || ('code' in error ? String(error.code) : error.name);
}
