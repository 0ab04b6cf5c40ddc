import { onPrimary, rows, type Sql } from '#postgres';
import { type Doubt } from '../domain/doubt.js';
import { isDoubted } from './standing-columns.js';

/** Needs the lock of `lockTicket`, which every writer of this table holds. */
export async function readDoubt(tx: Sql, ticketId: string): Promise<Doubt | undefined> {
  const statement = `SELECT at, event_id AS "eventId", reason, settled
    FROM ticket_doubt
    WHERE ticket_id = $1`;
  return (await rows<Doubt>(tx, statement, [ticketId]))[0];
}

/** Needs the lock of `lockTicket`. */
export async function writeDoubt(
  tx: Sql,
  ticketId: string,
  { at, eventId, reason, settled }: Doubt,
): Promise<void> {
  await tx.query(
    `INSERT INTO ticket_doubt (ticket_id, at, event_id, reason, heard_at, settled)
     VALUES ($1, $2, $3, $4, clock_timestamp(), $5)
     ON CONFLICT (ticket_id) DO UPDATE
     SET at = excluded.at,
       event_id = excluded.event_id,
       reason = excluded.reason,
       settled = excluded.settled,
       heard_at = CASE
         WHEN ticket_doubt.at = excluded.at THEN ticket_doubt.heard_at
         ELSE excluded.heard_at
       END`,
    [ticketId, at, eventId, reason, settled],
  );
}

/** A ticket that is in doubt, and the event that was not understood. */
export interface DoubtedTicket extends Pick<Doubt, 'eventId' | 'reason'> {
  readonly ticketId: string;
  readonly home: string;
  readonly heardAt: Date;
}

const inDoubt = `SELECT id AS "ticketId", home,
    event_id AS "eventId", reason, heard_at AS "heardAt"
  FROM ticket
  JOIN ticket_doubt ON ticket_id = id
  WHERE ${isDoubted}
    AND ${onPrimary('ticket')}`;

/** The longest in doubt come first. */
export const listDoubted = (sql: Sql, limit: number): Promise<DoubtedTicket[]> =>
  rows<DoubtedTicket>(sql, `${inDoubt} ORDER BY heard_at, id LIMIT $1`, [limit]);

/** @returns undefined where the ticket is not in doubt, or unknown */
export const findDoubted = async (sql: Sql, ticketId: string): Promise<DoubtedTicket | undefined> =>
  (await rows<DoubtedTicket>(sql, `${inDoubt} AND id = $1`, [ticketId]))[0];

export async function countDoubted(sql: Sql): Promise<number> {
  const statement = `SELECT count(*)::int AS count
    FROM ticket
    JOIN ticket_doubt ON ticket_id = id
    WHERE ${isDoubted}`;
  return (await rows<{ count: number }>(sql, statement))[0]?.count ?? 0;
}
