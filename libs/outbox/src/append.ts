import { type Sql } from '#postgres';
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

/**
 * Appends events in the caller's transaction: they are published if, and only if, it
 * commits. After the commit call `OutboxRelay.wake()`.
 *
 * @param tx the transaction that makes the events true; never a pool
 * @param exchange the exchange all of them are published to
 */
export async function append(
  tx: Sql,
  exchange: string,
  events: readonly OutboxEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO outbox (id, exchange, type, payload, headers, created_at, next_attempt_at)
     SELECT (event.value ->> 'id')::uuid, $1, event.value ->> 'type', event.value, $3::jsonb,
       clock_timestamp(), clock_timestamp()
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS event (value, position)
     ORDER BY event.position`,
    [exchange, JSON.stringify(events), JSON.stringify(traceHeaders())],
  );
}
