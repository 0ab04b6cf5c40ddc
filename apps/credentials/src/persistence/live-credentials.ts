import { onPrimary, rows, type Sql } from '#postgres';
import { sealedColumns, unexpired, type WithFirstNote } from './credentials.js';

/** All tickets that hold a credential, in the order of their ids, from after `after` on. */
export async function listTicketsWithCredentials(sql: Sql, after: string, limit: number): Promise<string[]> {
  const statement = `SELECT DISTINCT ticket_id AS id FROM credential WHERE ticket_id > $1 AND ${onPrimary('credential')} ORDER BY ticket_id LIMIT $2`;
  return (await rows<{ id: string }>(sql, statement, [after, limit])).map(({ id }) => id);
}

/** The ticket's live credentials, still sealed, by number. */
export const listSealed = (sql: Sql, ticketId: string): Promise<WithFirstNote[]> =>
  rows<WithFirstNote>(
    sql,
    `SELECT ${sealedColumns}, first_note AS "firstNote" FROM credential WHERE ticket_id = $1 AND ${unexpired} ORDER BY number`,
    [ticketId],
  );

/** How many credentials are stored under the ticket, including expired ones. */
export async function countStored(sql: Sql, ticketId: string): Promise<number> {
  return (await rows(sql, 'SELECT 1 FROM credential WHERE ticket_id = $1', [ticketId])).length;
}
