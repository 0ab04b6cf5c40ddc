import { type PublicSigningKey } from '#signing';
import { rows, type Sql } from '#postgres';

/** Public keys stay for good: a receipt is verified years later. */
export async function insertPublicKey(sql: Sql, key: PublicSigningKey): Promise<void> {
  await sql.query('INSERT INTO signing_key (kid, public_key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key.kid, JSON.stringify(key)]);
}

/** Oldest first. */
export async function readPublicKeys(sql: Sql): Promise<PublicSigningKey[]> {
  const found = await rows<{ publicKey: PublicSigningKey }>(sql, 'SELECT public_key AS "publicKey" FROM signing_key ORDER BY kid');
  return found.map(({ publicKey }) => publicKey);
}
