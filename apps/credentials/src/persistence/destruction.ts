import { rows, type Sql } from '#postgres';
import { unexpired } from './credentials.js';

export interface DestroyedCredential {
  readonly id: string;
  readonly kekId: string;
  readonly expiresAt: Date;
}

/** All of a ticket's credentials, the expired ones, or these. */
export type DeletionScope = 'all' | 'expired' | { readonly ids: readonly string[] };

export async function deleteCredentials(
  tx: Sql,
  ticketId: string,
  scope: DeletionScope,
): Promise<DestroyedCredential[]> {
  const statement = `
    DELETE FROM credential
    WHERE ticket_id = $1
      AND ($2::uuid[] IS NULL OR id = ANY($2))
      AND (NOT $3 OR NOT (${unexpired}))
    RETURNING id, kek_id AS "kekId", expires_at AS "expiresAt"`;
  return rows<DestroyedCredential>(tx, statement, [
    ticketId,
    typeof scope === 'object' ? scope.ids : null,
    scope === 'expired',
  ]);
}
