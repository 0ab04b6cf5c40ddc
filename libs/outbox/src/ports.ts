/** One message as the relay hands it to the broker. */
export interface OutboxMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly messageId: string;
  /** The event as JSON, UTF-8. */
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Resolves when the broker has confirmed the message, and only then; anything else rejects. */
export type Publish = (message: OutboxMessage) => Promise<void>;

export interface OutboxLog {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

export interface OutboxStats {
  /** Events not yet confirmed by the broker. */
  readonly depth: number;
  /** Age of the oldest of them in seconds, by the database's clock; 0 when there is none. */
  readonly oldestSeconds: number;
  /** Failed attempts of the one that failed most. */
  readonly maxAttempts: number;
}
