import { purge } from '#idempotency';
import { type Sql } from '#postgres';
import { dropFirstNotes } from '../../persistence/first-notes.js';

/** Forgets the keys that no longer count, and then what was kept for them alone. */
export async function forgetKeys(sql: Sql): Promise<void> {
  await purge(sql);
  await dropFirstNotes(sql);
}
