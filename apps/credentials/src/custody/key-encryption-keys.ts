import { v7 as uuidv7 } from 'uuid';
import { type KeyEncryptionKey, type KeyRing } from '#envelope';
import { rows, type Sql } from '#postgres';
import { KeyCache } from './key-cache.js';
import { type VaultKeys } from './vault.js';

/** Any constant: whoever changes which key is current takes this lock. */
const keyLock = 7_300_147;

/**
 * The database says which key of the ring is current, and its foreign key keeps the row of a key that is still in use; the ring holds
 * the keys themselves, outside the database and its backups.
 */
export class KeyEncryptionKeys implements VaultKeys {
  private constructor(
    private readonly cache: KeyCache,
    private readonly currentKey: KeyEncryptionKey,
  ) {}

  /**
   * @throws when keys that the database knows are not in the ring: credentials sealed under them cannot be opened, and making a new ring
   *   in silence would hide it
   */
  static async load(sql: Sql & { transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> }, ring: KeyRing): Promise<KeyEncryptionKeys> {
    const currentId = await sql.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [keyLock]);
      return (await currentKey(tx)) ?? (await makeFirstKey(tx, ring));
    });
    const cache = new KeyCache(ring);
    for (const { id } of await rows<{ id: string }>(sql, 'SELECT id FROM key_encryption_key')) await cache.get(id);
    return new KeyEncryptionKeys(cache, await cache.get(currentId));
  }

  current(): KeyEncryptionKey {
    return this.currentKey;
  }

  get(id: string): Promise<KeyEncryptionKey> {
    return this.cache.get(id);
  }
}

async function currentKey(tx: Sql): Promise<string | undefined> {
  return (await rows<{ id: string }>(tx, 'SELECT id FROM key_encryption_key WHERE is_current'))[0]?.id;
}

/** The key's file is there before its row is, so that a row never names a key that does not exist. */
async function makeFirstKey(tx: Sql, ring: KeyRing): Promise<string> {
  const id = uuidv7();
  await ring.create(id);
  await tx.query('INSERT INTO key_encryption_key (id, is_current) VALUES ($1, true)', [id]);
  return id;
}
