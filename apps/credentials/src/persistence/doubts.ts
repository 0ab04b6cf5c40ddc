import { rows, type Sql } from '#postgres';
import { type FaultKind } from '../domain/standing-fault.js';

/** A ticket whose standing is in doubt: the last answer about it was a fault. */
export interface Doubt {
  readonly ticketId: string;
  readonly fault: FaultKind;
  readonly since: Date;
}

/** @returns whether this doubt is new for the ticket */
export async function recordDoubt(sql: Sql, ticketId: string, fault: FaultKind): Promise<boolean> {
  const changed = await rows(
    sql,
    `INSERT INTO standing_doubt (ticket_id, fault)
     VALUES ($1, $2)
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
