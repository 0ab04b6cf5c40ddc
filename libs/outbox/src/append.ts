import { send, type Sql, type Statement, statement } from '#postgres';
import { traceHeaders } from './trace-headers.js';

/**
 * What the outbox needs of an event: its id becomes the message id, its type the routing
 * key. The rest is passed through.
 */
export interface OutboxEvent {
  /** A UUID, unique among all events: what consumers deduplicate by. */
  readonly id: string;
  readonly type: string;
}

/** An event with the trace of what caused it: see {@link traceHeaders}. */
export interface CausedEvent {
  readonly event: OutboxEvent;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Appends events in the transaction that makes them true, in their order: they are
 * published if, and only if, it commits. After the commit call `OutboxRelay.wake()`.
 * @param exchange the exchange all of them are published to
 */
export const appending = (exchange: string, events: readonly CausedEvent[]): Statement =>
  statement(
    `INSERT INTO outbox (id, exchange, type, payload, headers, created_at, next_attempt_at)
     SELECT (event ->> 'id')::uuid, $1, event ->> 'type', event, headers,
       clock_timestamp(), clock_timestamp()
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (event jsonb, headers jsonb))
       WITH ORDINALITY AS caused (event, headers, position)
     ORDER BY position`,
    [exchange, JSON.stringify(events)],
  );

/**
 * As {@link appending}, by a transaction of one statement after the other. The trace is
 * that of the caller.
 * @param tx the transaction that makes the events true; never a pool
 */
export async function append(
  tx: Sql,
  exchange: string,
  events: readonly OutboxEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const headers = traceHeaders();
  await send(
    tx,
    appending(
      exchange,
      events.map((event) => ({ event, headers })),
    ),
  );
}
