import { affected, onPrimary, rows, type Sql } from '#postgres';
import { type FirstNote, keptFirstNote } from './first-notes.js';

/** A credential as stored; custody decrypts the sealed fields. */
export interface StoredCredential {
  readonly ticketId: string;
  readonly id: string;
  readonly number: number;
  readonly submittedAt: Date;
  readonly expiresAt: Date;
  readonly kekId: string;
  readonly wrappedKey: Buffer;
  readonly core: Buffer;
  readonly note: Buffer | null;
  readonly noteVersion: number;
}

export interface WithFirstNote extends StoredCredential, FirstNote {}

export const sealedColumns = `
  ticket_id AS "ticketId", id, number, submitted_at AS "submittedAt", expires_at AS "expiresAt",
  kek_id AS "kekId", wrapped_key AS "wrappedKey", core, note, note_version AS "noteVersion"`;

/**
 * Filters out expired credentials, whether or not they were swept yet. By the clock as it
 * is when the row is looked at, and looked at again after a wait for its lock: `now()` is
 * when the transaction began, which may have waited since.
 */
export const unexpired = 'expires_at > clock_timestamp()';

/**
 * As {@link unexpired}, for a statement that only reads: what a standby still
 * has may be destroyed already.
 */
export const there = `${unexpired} AND ${onPrimary('credential')}`;

/**
 * The ids of all of the ticket's credentials, or of the one if it is there, by number.
 */
export async function listIds(sql: Sql, ticketId: string, id: string | null): Promise<string[]> {
  const statement = `
    SELECT id
    FROM credential
    WHERE ticket_id = $1
      AND ($2::uuid IS NULL OR id = $2)
      AND ${there}
    ORDER BY number`;
  return (await rows<{ id: string }>(sql, statement, [ticketId, id])).map((row) => row.id);
}

/**
 * Counts a reveal of each, and returns them by number, still sealed; without those that
 * have expired since they were listed.
 * @param at when the access log says that it was
 */
export async function takeForReveal(
  tx: Sql,
  ticketId: string,
  ids: readonly string[],
  by: { id: string; name: string | undefined },
  at: Date,
): Promise<StoredCredential[]> {
  const found = await rows<StoredCredential>(
    tx,
    `UPDATE credential
     SET reveals = reveals + 1, last_revealed_at = $5,
       last_revealed_by = $3, last_revealed_by_name = $4
     WHERE ticket_id = $1
       AND id = ANY($2)
       AND ${unexpired}
     RETURNING ${sealedColumns}`,
    [ticketId, ids, by.id, by.name ?? null, at],
  );
  return found.sort((a, b) => a.number - b.number);
}

/** The present notes of all of the ticket's credentials, sealed. */
export const listNotes = (
  sql: Sql,
  ticketId: string,
): Promise<Pick<StoredCredential, 'id' | 'note' | 'noteVersion'>[]> =>
  rows(
    sql,
    `SELECT id, note, note_version AS "noteVersion"
     FROM credential
     WHERE ticket_id = $1
       AND ${there}`,
    [ticketId],
  );

export async function readSealed(
  sql: Sql,
  ticketId: string,
  id: string,
): Promise<(WithFirstNote & { submittedBy: string }) | undefined> {
  const [found] = await rows<WithFirstNote & { submittedBy: string }>(
    sql,
    `SELECT ${sealedColumns}, first_note AS "firstNote", submitted_by AS "submittedBy"
     FROM credential
     WHERE ticket_id = $1
       AND id = $2
       AND ${there}`,
    [ticketId, id],
  );
  return found;
}

/** @returns false if the note is no longer at version `from` */
export async function replaceNote(
  tx: Sql,
  ticketId: string,
  id: string,
  from: number,
  note: Buffer | null,
): Promise<boolean> {
  const statement = `
    UPDATE credential
    SET note = $4, note_version = note_version + 1, first_note = ${keptFirstNote}
    WHERE ticket_id = $1
      AND id = $2
      AND note_version = $3`;
  return (await affected(tx, statement, [ticketId, id, from, note])) === 1;
}
