import { type PublicSigningKey } from '#signing';
import { rows, type Sql } from '#postgres';

/**
 * Stores those that are not there. Public keys stay for good: a
 * receipt is verified years later.
 */
export async function insertPublicKeys(sql: Sql, keys: readonly PublicSigningKey[]): Promise<void> {
  await sql.query(
    `INSERT INTO signing_key (kid, public_key)
     SELECT (key ->> 'kid')::uuid, key
     FROM jsonb_array_elements($1::jsonb) AS key
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(keys)],
  );
}

/** Oldest first. */
export async function readPublicKeys(sql: Sql): Promise<PublicSigningKey[]> {
  const found = await rows<{ publicKey: PublicSigningKey }>(
    sql,
    'SELECT public_key AS "publicKey" FROM signing_key ORDER BY kid',
  );
  return found.map(({ publicKey }) => publicKey);
}
