/** The fields of messaging's log lines. Never a payload. */
// A type and not an interface, so that a log which takes any record takes it too.
export type MessagingLogFields = {
  readonly attempt?: number;
  /** How long until the next attempt. */
  readonly delayMs?: number;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly queue?: string;
  /** The connection, publisher or consumer that is spoken of. */
  readonly peer?: string;
  /** The reason: the broker's, the network's, or the one a handler gave. */
  readonly text?: string;
};

/** Where messaging says what happens. */
export interface MessagingLog {
  info(event: string, fields?: MessagingLogFields): void;
  warn(event: string, fields?: MessagingLogFields): void;
  error(event: string, fields?: MessagingLogFields): void;
}
