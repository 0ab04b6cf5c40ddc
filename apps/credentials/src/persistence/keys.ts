import {
  affected,
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  onPrimary,
  rows,
  type Sql,
  type Statement,
  statement,
} from '#postgres';

/** A key that a standby still knows may be destroyed already. */
const there = onPrimary('key_encryption_key');

/**
 * Rows of key_encryption_key: which keys of the ring there are, never a key.
 * - *prepared*: never current so far (`current_since` is null). Its file may be there or
 *   not; nothing is wrapped with it.
 * - *current*: new credentials are sealed under it.
 * - *retired*: was current. The foreign key keeps the row, and so the key, as long as a
 *   credential is wrapped with it.
 *
 * When a row is deleted, its id is kept in destroyed_key, so that its file is deleted
 * even after an interruption.
 */
export const readKeys = (sql: Sql): Promise<string[]> =>
  ids(sql, `SELECT id FROM key_encryption_key WHERE ${there}`);

/** The keys that the service needs: the current one, and those that wrap something. */
export const readKeysInUse = (sql: Sql): Promise<string[]> =>
  ids(
    sql,
    `SELECT id
     FROM key_encryption_key k
     WHERE (is_current OR EXISTS (SELECT FROM credential WHERE kek_id = k.id))
       AND ${there}`,
  );

/**
 * Keys to be destroyed, oldest first: retired ones, and abandoned preparations (a
 * preparation takes moments).
 */
export const readKeysToRetire = (sql: Sql): Promise<string[]> =>
  ids(
    sql,
    `SELECT id
     FROM key_encryption_key
     WHERE NOT is_current
       AND (current_since IS NOT NULL OR created_at < clock_timestamp() - interval '1 hour')
       AND ${there}
     ORDER BY created_at, id`,
  );

interface CurrentKey {
  readonly id: string;
  /** Seconds for which it has been current, by the clock of the database. */
  readonly age: number;
}

export async function readCurrentKey(sql: Sql): Promise<CurrentKey | undefined> {
  const age = 'extract(epoch FROM clock_timestamp() - current_since)::float8';
  const statement = `
    SELECT id, ${age} AS age
    FROM key_encryption_key
    WHERE is_current
      AND ${there}`;
  return (await rows<CurrentKey>(sql, statement))[0];
}

/**
 * For whoever wraps with the current key: its row, and so the key, stays until the
 * transaction ends, whatever is rotated meanwhile. If the key ceases to be current
 * between the statement's snapshot and its lock, neither it nor its successor is in the
 * result: read it again.
 */
export const currentKeyHeld: Statement<{ id: string }> = statement(`
  SELECT id
  FROM key_encryption_key k
  WHERE k.is_current
  FOR KEY SHARE OF k`);

/** Looks again where it has to: see {@link currentKeyHeld}. */
export async function holdCurrentKey(
  look: () => Promise<readonly { id: string }[]>,
  [seen]: readonly { id: string }[] = [],
): Promise<string> {
  const found = seen ?? (await look())[0] ?? (await look())[0];
  if (found === undefined) throw new Error('no key is current');
  return found.id;
}

/** Seconds since the oldest existing key became current. */
export async function readOldestAge(sql: Sql): Promise<number> {
  const statement = `
    SELECT extract(epoch FROM clock_timestamp() - min(current_since))::float8 AS age
    FROM key_encryption_key`;
  return (await rows<{ age: number | null }>(sql, statement))[0]?.age ?? 0;
}

/**
 * Call it before the key is created in the ring, so that the
 * database knows every key there.
 */
export async function prepareKey(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `INSERT INTO key_encryption_key (id, is_current, current_since)
     VALUES ($1, false, NULL)`,
    [id],
  );
}

/**
 * Begins the epoch of a prepared key, whose file is in the ring.
 * @param previous the key that was current when this one was prepared, if any
 * @returns false if another process was faster: `previous` is no longer current
 */
export async function makeCurrent(
  database: Database,
  id: string,
  previous: string | undefined,
): Promise<boolean> {
  const retire = 'UPDATE key_encryption_key SET is_current = false WHERE id = $1 AND is_current';
  const begin = `
    UPDATE key_encryption_key
    SET is_current = true, current_since = clock_timestamp()
    WHERE id = $1
      AND current_since IS NULL`;
  try {
    return await database.transaction(async (tx) => {
      if (previous !== undefined && (await affected(tx, retire, [previous])) === 0) return false;
      if ((await affected(tx, begin, [id])) === 0)
        throw new Error('the key that was prepared has been given up');
      return true;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'one_current_key')) return false;
    throw error;
  }
}

/**
 * Deletes the row of a key that is not current, and records that its file must be
 * deleted. One statement, so both or neither.
 * @returns false while a credential is wrapped with it, which the foreign key detects
 */
export async function deleteKey(sql: Sql, id: string): Promise<boolean> {
  const statement = `
    WITH gone AS (
      DELETE FROM key_encryption_key
      WHERE id = $1
        AND NOT is_current
      RETURNING id
    )
    INSERT INTO destroyed_key (id)
    SELECT id FROM gone`;
  try {
    await sql.query(statement, [id]);
    return true;
  } catch (error) {
    if (isForeignKeyViolation(error, 'credential_kek_id_fkey')) return false;
    throw error;
  }
}

/**
 * Which of these keys this database has recorded as destroyed:
 * nothing needs them any more.
 */
export const readDestroyed = (sql: Sql, among: readonly string[]): Promise<string[]> =>
  ids(sql, 'SELECT id FROM destroyed_key WHERE id = ANY($1::uuid[])', [among]);

const ids = async (sql: Sql, statement: string, parameters: unknown[] = []): Promise<string[]> =>
  (await rows<{ id: string }>(sql, statement, parameters)).map(({ id }) => id);
