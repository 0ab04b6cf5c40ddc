import { rows, type Sql } from '#postgres';
import { unexpired } from './credentials.js';

/** What to check before one more is stored. */
export interface RoomForOne {
  /** How many live credentials the ticket has. */
  readonly live: number;
  /** The key to seal under. Its row, and so the key, stays until the transaction ends, whatever is rotated meanwhile. */
  readonly kekId: string;
}

export async function lookForRoom(tx: Sql, ticketId: string): Promise<RoomForOne> {
  const statement = `
    SELECT k.id AS "kekId", (SELECT count(*)::int FROM credential WHERE ticket_id = $1 AND ${unexpired}) AS live
      FROM key_encryption_key k WHERE k.is_current FOR KEY SHARE OF k`;
  const look = async () => (await rows<RoomForOne>(tx, statement, [ticketId]))[0];
  // If the key ceases to be current between the statement's snapshot and its lock, neither it nor its successor is in the result: look
  // again.
  const room = (await look()) ?? (await look());
  if (room === undefined) throw new Error('no key is current');
  return room;
}
