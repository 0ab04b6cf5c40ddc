import { affected, type Database, rows, type Sql } from '#postgres';
import { byTicket } from '../persistence/by-ticket.js';
import { lockGate } from '../persistence/gates.js';

/** Rows of the log, or tickets, that are looked for at a time. */
const batch = 1000;

/** The next entries of the log with a person's name. */
const named = `
  SELECT ticket_id AS "ticketId", seq
  FROM access_log
  WHERE actor_id = $1
    AND actor_name IS NOT NULL
    AND (ticket_id, seq) > ($2, $3)
  ORDER BY ticket_id, seq
  LIMIT ${batch}`;

const unname = `
  UPDATE access_log
  SET actor_name = NULL
  FROM unnest($1::text[], $2::int[]) AS entry (ticket_id, seq)
  WHERE access_log.ticket_id = entry.ticket_id
    AND access_log.seq = entry.seq`;

/** Columns with a person's name beside their id, of live credentials and requests. */
const besideIds = `
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

const ofTicket: readonly string[] = [
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

/**
 * Erases the name of a person wherever this database holds it. The id stays: it is what
 * the hashes of the access log cover. A later action under that name stores it again.
 * Each step commits by itself, so that nobody waits for longer than one.
 * @param database as the owner: the service itself may not change the log
 * @returns how many names were erased
 */
export async function eraseNames(database: Database, personId: string): Promise<number> {
  let erased = await eraseInLog(database, personId);
  const tickets = byTicket(batch, (after, limit) =>
    rows<{ ticketId: string }>(database, besideIds, [personId, after, limit]),
  );
  for await (const { ticketId } of tickets)
    erased += await database.transaction((tx) => eraseUnder(tx, ticketId, personId));
  return erased;
}

async function eraseInLog(database: Database, personId: string): Promise<number> {
  let [erased, last] = [0, { ticketId: '', seq: 0 }];
  for (;;) {
    const found = await rows<{ ticketId: string; seq: number }>(database, named, [
      personId,
      last.ticketId,
      last.seq,
    ]);
    erased += await affected(database, unname, [
      found.map(({ ticketId }) => ticketId),
      found.map(({ seq }) => seq),
    ]);
    if (found.length < batch) return erased;
    last = found.at(-1) ?? last;
  }
}

/** Under the gate's lock, like every other change of these rows. */
async function eraseUnder(tx: Sql, ticketId: string, personId: string): Promise<number> {
  await lockGate(tx, ticketId);
  let erased = 0;
  for (const statement of ofTicket) erased += await affected(tx, statement, [ticketId, personId]);
  return erased;
}
