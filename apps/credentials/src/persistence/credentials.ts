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

/** A note as it is now, sealed, and where it belongs. */
export type PresentNote = Pick<StoredCredential, 'ticketId' | 'id' | 'note' | 'noteVersion'>;

/** The present notes of all of these tickets' credentials. */
export const listNotes = (sql: Sql, ticketIds: readonly string[]): Promise<PresentNote[]> =>
  rows(
    sql,
    `SELECT ticket_id AS "ticketId", id, note, note_version AS "noteVersion"
     FROM credential
     WHERE ticket_id = ANY($1)
       AND ${there}`,
    [ticketIds],
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
