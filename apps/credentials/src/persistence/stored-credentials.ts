import { onPrimary, rows, type Sql } from '#postgres';
import { sealedColumns, unexpired, type WithFirstNote } from './credentials.js';

/** The ticket's live credentials, still sealed, by number. */
export const listSealed = (sql: Sql, ticketId: string): Promise<WithFirstNote[]> =>
  rows<WithFirstNote>(
    sql,
    `SELECT ${sealedColumns}, first_note AS "firstNote"
     FROM credential
     WHERE ticket_id = $1
       AND ${unexpired}
     ORDER BY number`,
    [ticketId],
  );

/** How many credentials are stored under the ticket, including expired ones. */
export async function countStored(sql: Sql, ticketId: string): Promise<number> {
  return (await rows(sql, 'SELECT 1 FROM credential WHERE ticket_id = $1', [ticketId])).length;
}

export const isAnythingStored = async (sql: Sql, ticketId: string): Promise<boolean> =>
  (await rows(sql, 'SELECT FROM credential WHERE ticket_id = $1 LIMIT 1', [ticketId])).length > 0;

/** A stored credential, by its key. */
export interface StoredPlace {
  readonly ticketId: string;
  readonly id: string;
}

/** A standby that lags still has what was destroyed, and might raise a doubt. */
const there = onPrimary('credential');

/**
 * Everything that is stored, in pages of so many: there is no limit to how much that is.
 */
export async function* storedPlaces(
  sql: Sql,
  page: number,
): AsyncGenerator<readonly StoredPlace[]> {
  const statement = `
    SELECT ticket_id AS "ticketId", id
    FROM credential
    WHERE (ticket_id, id) > ($1, $2::uuid)
      AND ${there}
    ORDER BY ticket_id, id
    LIMIT $3`;
  let last: StoredPlace | undefined = { ticketId: '', id: '00000000-0000-0000-0000-000000000000' };
  while (last !== undefined) {
    const found: StoredPlace[] = await rows<StoredPlace>(sql, statement, [
      last.ticketId,
      last.id,
      page,
    ]);
    if (found.length > 0) yield found;
    last = found.length === page ? found.at(-1) : undefined;
  }
}

/** Whether any of them is (still) stored. */
export async function areStored(sql: Sql, places: readonly StoredPlace[]): Promise<boolean> {
  if (places.length === 0) return false;
  const statement = `
    SELECT FROM credential
    WHERE (ticket_id, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))
      AND ${there}
    LIMIT 1`;
  const found = await rows(sql, statement, [
    places.map(({ ticketId }) => ticketId),
    places.map(({ id }) => id),
  ]);
  return found.length > 0;
}

export const isNothingStored = async (sql: Sql): Promise<boolean> =>
  (await rows(sql, `SELECT FROM credential WHERE ${there} LIMIT 1`)).length === 0;

/** What is wrapped with one of these keys of the ring. */
export const wrappedWith = (sql: Sql, kekIds: readonly string[]): Promise<StoredPlace[]> =>
  rows<StoredPlace>(
    sql,
    `SELECT ticket_id AS "ticketId", id
     FROM credential
     WHERE kek_id = ANY($1)
       AND ${there}`,
    [kekIds],
  );
