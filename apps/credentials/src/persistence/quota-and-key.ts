import { type Sql } from '#postgres';
import { unexpired } from './credentials.js';
import { holdCurrentKey } from './keys.js';

/** What to check before one more is stored. */
interface QuotaAndKey {
  /** How many live credentials the ticket has. */
  readonly live: number;
  /**
   * The key to seal under. Its row, and so the key, stays until the transaction ends,
   * whatever is rotated meanwhile.
   */
  readonly kekId: string;
}

export const quotaAndCurrentKey = (tx: Sql, ticketId: string): Promise<QuotaAndKey> =>
  holdCurrentKey(
    tx,
    `k.id AS "kekId",
     (SELECT count(*)::int FROM credential WHERE ticket_id = $1 AND ${unexpired}) AS live`,
    [ticketId],
  );
