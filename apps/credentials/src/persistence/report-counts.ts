import { rows, type Sql } from '#postgres';

/** All that is stored, by the database's clock. */
interface StoredCredentials {
  readonly total: number;
  readonly oldest: Date | null;
  /** Expired for more than a minute, though the sweeper runs every few seconds. */
  readonly overdue: number;
}

export async function countCredentials(sql: Sql): Promise<StoredCredentials> {
  const [found] = await rows<StoredCredentials>(
    sql,
    `SELECT count(*)::int AS total, min(submitted_at) AS oldest,
       (count(*) FILTER (WHERE expires_at < clock_timestamp() - interval '1 minute'))::int
         AS overdue
     FROM credential`,
  );
  return found ?? { total: 0, oldest: null, overdue: 0 };
}

/** A ticket, and its phase according to `tickets`. */
export interface TicketPhase {
  readonly ticketId: string;
  readonly phase: number;
}

/** How many stored credentials are bound to an earlier phase than their ticket's. */
export async function countOutlived(sql: Sql, tickets: readonly TicketPhase[]): Promise<number> {
  const [found] = await rows<{ count: number }>(
    sql,
    `SELECT count(*)::int AS count
     FROM jsonb_to_recordset($1::jsonb) AS told("ticketId" text, phase int)
     JOIN credential c ON c.ticket_id = told."ticketId" AND c.bound_phase < told.phase`,
    [JSON.stringify(tickets)],
  );
  return found?.count ?? 0;
}
