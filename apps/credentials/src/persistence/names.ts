import { affected, rows, type Sql } from '#postgres';

/** The next entries of the log with a person's name. */
const named = `
  SELECT ticket_id AS "ticketId", seq
  FROM access_log
  WHERE actor_id = $1
    AND actor_name IS NOT NULL
    AND (ticket_id, seq) > ($2, $3)
  ORDER BY ticket_id, seq
  LIMIT $4`;

const unname = `
  UPDATE access_log
  SET actor_name = NULL
  FROM unnest($1::text[], $2::int[]) AS entry (ticket_id, seq)
  WHERE access_log.ticket_id = entry.ticket_id
    AND access_log.seq = entry.seq`;

/** Columns with a person's name beside their id, of live credentials and requests. */
const ticketsNaming = `
  SELECT ticket_id AS "ticketId"
  FROM (
    SELECT ticket_id
    FROM credential
    WHERE (submitted_by = $1 AND submitted_by_name IS NOT NULL)
      OR (last_revealed_by = $1 AND last_revealed_by_name IS NOT NULL)
    UNION
    SELECT ticket_id
    FROM credential_request
    WHERE requested_by = $1
      AND requested_by_name IS NOT NULL
  ) found
  WHERE ticket_id > $2
  ORDER BY ticket_id
  LIMIT $3`;

const besideIdsOfTicket: readonly string[] = [
  `UPDATE credential
   SET submitted_by_name = NULL
   WHERE ticket_id = $1
     AND submitted_by = $2
     AND submitted_by_name IS NOT NULL`,
  `UPDATE credential
   SET last_revealed_by_name = NULL
   WHERE ticket_id = $1
     AND last_revealed_by = $2
     AND last_revealed_by_name IS NOT NULL`,
  `UPDATE credential_request
   SET requested_by_name = NULL
   WHERE ticket_id = $1
     AND requested_by = $2
     AND requested_by_name IS NOT NULL`,
];

/** An entry of the log, by its key. */
interface EntryPlace {
  readonly ticketId: string;
  readonly seq: number;
}

/** The next entries of the log with a person's name, after the one given. */
export const entriesNaming = (
  sql: Sql,
  personId: string,
  after: EntryPlace,
  limit: number,
): Promise<EntryPlace[]> =>
  rows<EntryPlace>(sql, named, [personId, after.ticketId, after.seq, limit]);

/** @returns how many had a name */
export const eraseInEntries = (sql: Sql, entries: readonly EntryPlace[]): Promise<number> =>
  affected(sql, unname, [entries.map(({ ticketId }) => ticketId), entries.map(({ seq }) => seq)]);

/** Tickets with a person's name beside their id, after the one given. */
export const listTicketsNaming = (
  sql: Sql,
  personId: string,
  after: string,
  limit: number,
): Promise<{ ticketId: string }[]> =>
  rows<{ ticketId: string }>(sql, ticketsNaming, [personId, after, limit]);

/** @returns how many names were erased */
export async function eraseUnderTicket(
  tx: Sql,
  ticketId: string,
  personId: string,
): Promise<number> {
  let erased = 0;
  for (const statement of besideIdsOfTicket)
    erased += await affected(tx, statement, [ticketId, personId]);
  return erased;
}
