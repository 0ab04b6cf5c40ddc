/**
 * A message of AMQP 0-9-1: what of it tells an event. Whatever a publisher may
 * set may be anything at all.
 */
export interface EventMessage {
  readonly contentType: unknown;
  readonly contentEncoding: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}
