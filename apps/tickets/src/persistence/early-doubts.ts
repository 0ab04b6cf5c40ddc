import { deleteInBatches, rows, type Sql } from '#postgres';
import { type Doubt } from '../domain/doubt.js';

/**
 * A lock until the transaction ends, for inserting a ticket and for recording a doubt
 * about a ticket that is not known. So either the one who records the doubt finds the
 * ticket, or the one who inserts the ticket finds the doubt.
 */
export async function lockEarlyDoubt(tx: Sql, ticketId: string): Promise<void> {
  const lock = "SELECT pg_advisory_xact_lock(hashtextextended('early_doubt ' || $1::text, 0))";
  await tx.query(lock, [ticketId]);
}

const fields = 'at, event_id AS "eventId", reason, NULL AS settled';

/** Needs {@link lockEarlyDoubt}. */
export const readEarlyDoubt = async (tx: Sql, ticketId: string): Promise<Doubt | undefined> =>
  (await rows<Doubt>(tx, `SELECT ${fields} FROM early_doubt WHERE ticket_id = $1`, [ticketId]))[0];

/** Needs {@link lockEarlyDoubt}. */
export async function keepEarlyDoubt(
  tx: Sql,
  ticketId: string,
  { at, eventId, reason }: Doubt,
): Promise<void> {
  await tx.query(
    `INSERT INTO early_doubt (ticket_id, at, event_id, reason, heard_at)
     VALUES ($1, $2, $3, $4, clock_timestamp())
     ON CONFLICT (ticket_id) DO UPDATE
     SET at = excluded.at,
       event_id = excluded.event_id,
       reason = excluded.reason,
       heard_at = excluded.heard_at`,
    [ticketId, at, eventId, reason],
  );
}

/** Needs {@link lockEarlyDoubt}, and leaves nothing. */
export async function takeEarlyDoubt(tx: Sql, ticketId: string): Promise<Doubt | undefined> {
  const early = await readEarlyDoubt(tx, ticketId);
  if (early !== undefined)
    await tx.query('DELETE FROM early_doubt WHERE ticket_id = $1', [ticketId]);
  return early;
}

/**
 * Those of tickets of which nothing was understood for a month: what is behind them in
 * the queue is long dealt with.
 */
export async function forgetEarlyDoubts(sql: Sql): Promise<void> {
  await deleteInBatches(
    sql,
    'early_doubt',
    "heard_at < (SELECT clock_timestamp()) - interval '30 days'",
  );
}
