import { isRemembered, purge } from '#idempotency';
import { type Sql } from '#postgres';

/** The route of the keys that submissions are sent with. */
export const submitRoute = 'credential.submit';

export interface FirstNote {
  /**
   * The sealed note before the first edit: null where none is kept, empty where there was
   * no note. Kept as long as an Idempotency-Key refers to the credential, since the first
   * body decides whether a repetition is one. Destroyed with the row.
   */
  readonly firstNote: Buffer | null;
}

const isKeyRemembered = isRemembered({
  ticketId: 'credential.ticket_id',
  actorId: 'credential.submitted_by',
  route: `'${submitRoute}'`,
  resourceId: 'credential.id::text',
});

/** SQL: what `first_note` becomes when a note is replaced. */
export const keptFirstNote = `
  CASE
    WHEN note_version > 1 THEN first_note
    WHEN ${isKeyRemembered} THEN coalesce(note, '')
  END`;

/** The credential as it was submitted; as it is, if its first note was not kept. */
export function asSubmitted<T extends FirstNote & { note: Buffer | null; noteVersion: number }>(
  stored: T,
): T {
  const { firstNote } = stored;
  if (firstNote === null) return stored;
  return { ...stored, note: firstNote.length === 0 ? null : firstNote, noteVersion: 1 };
}

/** Forgets the keys that no longer count, and then what was kept for them alone. */
export async function forgetKeys(sql: Sql): Promise<void> {
  await purge(sql);
  await dropFirstNotes(sql);
}

/**
 * Drops the first notes that no key needs any more. Leaves out rows that are in use until
 * the next time, so that nobody waits for it.
 */
async function dropFirstNotes(sql: Sql): Promise<void> {
  const key = {
    ticketId: 'c.ticket_id',
    actorId: 'c.submitted_by',
    route: `'${submitRoute}'`,
    resourceId: 'c.id::text',
  };
  await sql.query(
    `UPDATE credential
     SET first_note = NULL
     WHERE (ticket_id, id) IN (
       SELECT ticket_id, id
       FROM credential c
       WHERE first_note IS NOT NULL
         AND NOT ${isRemembered(key)}
       FOR UPDATE SKIP LOCKED
     )`,
  );
}
