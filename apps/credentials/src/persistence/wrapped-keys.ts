import { rows, type Sql } from '#postgres';

/** Where a sealed secret belongs; it cannot be opened anywhere else. */
export interface CredentialPlace {
  readonly ticketId: string;
  readonly id: string;
}

/**
 * A data key as it is stored: where it belongs, and the key of the
 * ring that it is wrapped with.
 */
export interface WrappedKey extends CredentialPlace {
  readonly kekId: string;
  readonly wrappedKey: Buffer;
}

/**
 * Tickets with something wrapped with this key, in the order of their
 * ids, from after `after` on.
 */
export async function listTicketsOfKey(
  sql: Sql,
  kekId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const statement = `
    SELECT DISTINCT ticket_id AS id
    FROM credential
    WHERE kek_id = $1
      AND ticket_id > $2
    ORDER BY ticket_id
    LIMIT $3`;
  return (await rows<{ id: string }>(sql, statement, [kekId, after, limit])).map(({ id }) => id);
}

/** In the transaction that has locked the ticket's gate. */
export const readWrappedKeys = (tx: Sql, ticketId: string, kekId: string): Promise<WrappedKey[]> =>
  rows<WrappedKey>(
    tx,
    `SELECT ticket_id AS "ticketId", id, kek_id AS "kekId", wrapped_key AS "wrappedKey"
     FROM credential
     WHERE ticket_id = $1
       AND kek_id = $2`,
    [ticketId, kekId],
  );

export async function replaceWrappedKeys(
  tx: Sql,
  ticketId: string,
  wrapped: readonly WrappedKey[],
): Promise<void> {
  await tx.query(
    `UPDATE credential c
     SET kek_id = w.kek_id, wrapped_key = w.wrapped_key
     FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS w (id, kek_id, wrapped_key)
     WHERE c.ticket_id = $1
       AND c.id = w.id`,
    [
      ticketId,
      wrapped.map(({ id }) => id),
      wrapped.map(({ kekId }) => kekId),
      wrapped.map(({ wrappedKey }) => wrappedKey),
    ],
  );
}
