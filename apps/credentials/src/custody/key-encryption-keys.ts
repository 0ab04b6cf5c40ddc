import { type KeyEncryptionKey, type KeyRing } from '#envelope';
import { rows, type Sql } from '#postgres';

/** Any constant: whoever changes which key is current takes this lock. */
const keyLock = 7_300_147;

/**
 * The database says which key of the ring is current, and its foreign key keeps the row of a key that is still in use; the ring holds
 * the keys themselves, outside the database and its backups.
 */
export class KeyEncryptionKeys {
  private constructor(
    private readonly ring: KeyRing,
    private readonly currentId: string,
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
    for (const { id } of await rows<{ id: string }>(sql, 'SELECT id FROM key_encryption_key')) ring.key(id);
    return new KeyEncryptionKeys(ring, currentId);
  }

  current(): { readonly id: string; readonly key: KeyEncryptionKey } {
    return { id: this.currentId, key: this.ring.key(this.currentId) };
  }

  /** @throws KeyRingError `missing-key` */
  get(id: string): KeyEncryptionKey {
    return this.ring.key(id);
  }
}

async function currentKey(tx: Sql): Promise<string | undefined> {
  return (await rows<{ id: string }>(tx, 'SELECT id FROM key_encryption_key WHERE is_current'))[0]?.id;
}

/** The key's file is there before its row is, so that a row never names a key that does not exist. */
async function makeFirstKey(tx: Sql, ring: KeyRing): Promise<string> {
  const id = ring.create();
  await tx.query('INSERT INTO key_encryption_key (id, is_current) VALUES ($1, true)', [id]);
  return id;
}
