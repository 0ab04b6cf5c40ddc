import { affected, type Database, rows, type Sql } from '#postgres';
import { lockGate } from '../persistence/gates.js';

/** Columns with a person's name beside their id, of live credentials and requests. */
const besideIds = `
  SELECT ticket_id AS "ticketId" FROM credential
   WHERE (submitted_by = $1 AND submitted_by_name IS NOT NULL) OR (last_revealed_by = $1 AND last_revealed_by_name IS NOT NULL)
   UNION SELECT ticket_id FROM credential_request WHERE requested_by = $1 AND requested_by_name IS NOT NULL`;

const ofTicket: readonly string[] = [
  'UPDATE credential SET submitted_by_name = NULL WHERE ticket_id = $1 AND submitted_by = $2 AND submitted_by_name IS NOT NULL',
  'UPDATE credential SET last_revealed_by_name = NULL WHERE ticket_id = $1 AND last_revealed_by = $2 AND last_revealed_by_name IS NOT NULL',
  'UPDATE credential_request SET requested_by_name = NULL WHERE ticket_id = $1 AND requested_by = $2 AND requested_by_name IS NOT NULL',
];

/**
 * Erases the name of a person wherever this database holds it. The id stays: it is what the hashes of the access log cover. A later action
 * under that name stores it again.
 * @param database as the owner: the service itself may not change the log
 * @returns how many names were erased
 */
export async function eraseNames(database: Database, personId: string): Promise<number> {
  let erased = await affected(database, 'UPDATE access_log SET actor_name = NULL WHERE actor_id = $1 AND actor_name IS NOT NULL', [
    personId,
  ]);
  for (const { ticketId } of await rows<{ ticketId: string }>(database, besideIds, [personId]))
    erased += await database.transaction((tx) => eraseUnder(tx, ticketId, personId));
  return erased;
}

/** Under the gate's lock, like every other change of these rows. */
async function eraseUnder(tx: Sql, ticketId: string, personId: string): Promise<number> {
  await lockGate(tx, ticketId);
  let erased = 0;
  for (const statement of ofTicket) erased += await affected(tx, statement, [ticketId, personId]);
  return erased;
}
