import { rows, type Sql } from '#postgres';
import { unexpired } from './credentials.js';

export interface DestroyedCredential {
  readonly id: string;
  readonly kekId: string;
}

/** All of a ticket's credentials, the expired ones, or one. */
export type Doomed = 'all' | 'expired' | { readonly id: string };

export async function deleteCredentials(tx: Sql, ticketId: string, doomed: Doomed): Promise<DestroyedCredential[]> {
  const statement = `DELETE FROM credential WHERE ticket_id = $1 AND ($2::uuid IS NULL OR id = $2) AND (NOT $3 OR NOT (${unexpired}))
    RETURNING id, kek_id AS "kekId"`;
  return rows<DestroyedCredential>(tx, statement, [ticketId, typeof doomed === 'object' ? doomed.id : null, doomed === 'expired']);
}
