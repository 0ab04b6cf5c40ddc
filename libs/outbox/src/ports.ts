/** One message as the relay hands it to the broker. */
export interface OutboxMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly messageId: string;
  /** The event as JSON, UTF-8. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Resolves when the broker has confirmed the message, and only then; anything else
 * rejects. If the broker cannot be reached at all, the error has `brokerAway: true`. The
 * error's message is stored beside the event, so it must never quote a message.
 */
export type Publish = (message: OutboxMessage) => Promise<void>;

/** Whether publishing failed for a reason that has nothing to do with the message. */
export const isBrokerAway = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'brokerAway' in error && error.brokerAway === true;

// A type and not an interface, so that a log which takes any record takes it too.
export type OutboxLogFields = {
  /** The reason of a failure, as the publisher or the database driver gave it. */
  readonly text?: string;
  readonly count?: number;
};

export interface OutboxLog {
  info(event: string, fields?: OutboxLogFields): void;
  warn(event: string, fields?: OutboxLogFields): void;
}

export interface OutboxStats {
  /** Events not yet confirmed by the broker. */
  readonly depth: number;
  /**
   * Age of the oldest of them in seconds, by the database's clock; 0 when there is none.
   */
  readonly oldestSeconds: number;
  /** Failed attempts of the one that failed most. */
  readonly maxAttempts: number;
}
