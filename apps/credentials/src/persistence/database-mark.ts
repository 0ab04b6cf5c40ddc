import { type Mark, type ObservedMark, type RestoreFault } from '../domain/database-mark.js';
import { affected, rows, type Sql } from '#postgres';

/** As a number, since the text of a time depends on settings of the connection. */
const server = 'extract(epoch FROM pg_postmaster_start_time())::text';

const asJson = `
  json_build_object(
    'database', database,
    'life', life,
    'beat', beat,
    'isDoubted', doubt IS NOT NULL,
    'server', ${server}
  )`;

/**
 * For a statement that reads the mark beside something else. The statement must lock a
 * row, so that no standby can answer it.
 */
export const observedMark = `(SELECT ${asJson} FROM database_mark)`;

export interface DatabaseDoubt {
  readonly fault: RestoreFault;
  readonly since: Date;
}

/**
 * Locks the row, so that no standby can answer: one that lags would seem to have lost
 * something. No other statement waits for this lock.
 */
export async function readMark(sql: Sql): Promise<ObservedMark> {
  const [found] = await rows<{ mark: ObservedMark }>(
    sql,
    `SELECT ${asJson} AS mark FROM database_mark FOR KEY SHARE`,
  );
  if (found === undefined) throw new Error('the database has no mark');
  return found.mark;
}

export async function readDatabaseDoubt(sql: Sql): Promise<DatabaseDoubt | null> {
  const statement = `
    SELECT doubt AS fault, doubted_since AS since
    FROM database_mark
    WHERE doubt IS NOT NULL`;
  return (await rows<DatabaseDoubt>(sql, statement))[0] ?? null;
}

export interface Advanced extends Mark {
  readonly at: Date;
  /**
   * The credentials whose destruction was committed before, while the broker has not been
   * told: {@link maxOwed} and one more at most.
   */
  readonly owed: readonly string[];
}

/**
 * How many credentials a mark can name: so many that it stays small, and a broker that is
 * away for a while is got over.
 */
export const maxOwed = 200;

const owed = `
  ARRAY (
    SELECT jsonb_array_elements_text(payload -> 'data' -> 'credentialIds')
    FROM outbox
    WHERE type = 'credentials.destroyed'
    LIMIT ${maxOwed + 1}
  )`;

/**
 * @returns the next mark; undefined where this is not the database that was seen, or it
 *   is in doubt: then nothing is changed
 */
export async function advanceMark(sql: Sql, seen: ObservedMark): Promise<Advanced | undefined> {
  const [advanced] = await rows<Advanced>(
    sql,
    `UPDATE database_mark
     SET beat = beat + 1
     WHERE doubt IS NULL
       AND database = $1
       AND (life, beat) >= ($2::integer, $3::bigint)
       AND ${server} = $4
     RETURNING database, life, beat, clock_timestamp() AS at, ${owed} AS owed`,
    [seen.database, seen.life, seen.beat, seen.server],
  );
  return advanced;
}

/** @returns whether the doubt is new */
export async function recordDatabaseDoubt(
  sql: Sql,
  { database, life }: Mark,
  fault: RestoreFault,
): Promise<boolean> {
  const statement = `
    UPDATE database_mark
    SET doubt = $3, doubted_since = clock_timestamp()
    WHERE doubt IS NULL
      AND database = $1
      AND life = $2`;
  return (await affected(sql, statement, [database, life, fault])) === 1;
}

/**
 * Ends the doubt: from now on this is the database that all
 * witnesses know, one life later.
 * @returns its mark
 */
export async function beginLife(
  tx: Sql,
  { database, life }: Pick<Mark, 'database' | 'life'>,
): Promise<Mark> {
  await tx.query(
    `UPDATE database_mark
     SET database = $1, life = $2, beat = 0, doubt = NULL, doubted_since = NULL`,
    [database, life],
  );
  return { database, life, beat: 0 };
}
