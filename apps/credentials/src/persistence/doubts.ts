import { rows, type Sql } from '#postgres';
import { type FaultKind } from '../domain/standing-fault.js';

/** A ticket whose standing is in doubt: the last answer about it was a fault. */
export interface Doubt {
  readonly ticketId: string;
  readonly fault: FaultKind;
  readonly since: Date;
}

/**
 * Whether there is anything to protect. Where `tickets` does not know a ticket and
 * nothing is stored under it, no answer would ever settle the doubt: the ticket was lost
 * with a restore, and an operator has destroyed what was there.
 */
const protects = (fault: string, ticketId: string): string =>
  `(${fault} <> 'unknown' OR EXISTS (SELECT FROM credential c WHERE c.ticket_id = ${ticketId}))`;

/** @returns whether this doubt is new for the ticket, and protects anything */
export async function recordDoubt(sql: Sql, ticketId: string, fault: FaultKind): Promise<boolean> {
  const changed = await rows(
    sql,
    `INSERT INTO standing_doubt (ticket_id, fault)
     SELECT $1, $2
     WHERE ${protects('$2::text', '$1::text')}
     ON CONFLICT (ticket_id) DO UPDATE SET fault = excluded.fault
       WHERE standing_doubt.fault <> excluded.fault
     RETURNING 1`,
    [ticketId, fault],
  );
  return changed.length > 0;
}

export async function settleDoubt(sql: Sql, ticketId: string): Promise<void> {
  await sql.query('DELETE FROM standing_doubt WHERE ticket_id = $1', [ticketId]);
}

/**
 * Settles what protects nothing any more: an answer may have been on its way while an
 * operator destroyed what was there.
 */
export async function settleMootDoubts(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM standing_doubt d WHERE NOT ${protects('d.fault', 'd.ticket_id')}`);
}

export async function countDoubts(sql: Sql): Promise<number> {
  const [found] = await rows<{ count: number }>(
    sql,
    'SELECT count(*)::int AS count FROM standing_doubt',
  );
  return found?.count ?? 0;
}

/** The longest in doubt come first. */
export const listDoubts = (sql: Sql, limit: number): Promise<Doubt[]> =>
  rows<Doubt>(
    sql,
    `SELECT ticket_id AS "ticketId", fault, since
     FROM standing_doubt
     ORDER BY since, ticket_id
     LIMIT $1`,
    [limit],
  );
