import { hex, rows, type Sql, type Statement, statement } from '#postgres';

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

/**
 * What these tickets have under a key. In the transaction that has
 * locked their gates, and after it has.
 */
export const wrappedWithKey = (
  ticketIds: readonly string[],
  kekId: string,
): Statement<WrappedKey> =>
  statement(
    `SELECT ticket_id AS "ticketId", id, kek_id AS "kekId", wrapped_key AS "wrappedKey"
     FROM credential
     WHERE ticket_id = ANY($1)
       AND kek_id = $2`,
    [ticketIds, kekId],
  );

export const replacing = (wrapped: readonly WrappedKey[]): Statement =>
  statement(
    `UPDATE credential
     SET kek_id = rewrapped.kek_id, wrapped_key = rewrapped.wrapped_key
     FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[])
       AS rewrapped (ticket_id, id, kek_id, wrapped_key)
     WHERE credential.ticket_id = rewrapped.ticket_id
       AND credential.id = rewrapped.id`,
    [
      wrapped.map(({ ticketId }) => ticketId),
      wrapped.map(({ id }) => id),
      wrapped.map(({ kekId }) => kekId),
      wrapped.map(({ wrappedKey }) => hex(wrappedKey)),
    ],
  );
