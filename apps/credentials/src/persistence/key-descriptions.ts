import { rows, type Sql } from '#postgres';

export interface KeyDescription {
  readonly id: string;
  readonly state: 'prepared' | 'current' | 'retired';
  /** When its epoch began. */
  readonly since: Date | null;
  /** How many credentials are wrapped with it. */
  readonly credentials: number;
}

export const describeKeys = (sql: Sql): Promise<KeyDescription[]> =>
  rows<KeyDescription>(
    sql,
    `SELECT id,
       CASE
         WHEN is_current THEN 'current'
         WHEN current_since IS NULL THEN 'prepared'
         ELSE 'retired'
       END AS state,
       current_since AS since,
       (SELECT count(*)::int FROM credential WHERE kek_id = k.id) AS credentials
     FROM key_encryption_key k`,
  );

export async function countDestroyed(sql: Sql): Promise<number> {
  const statement = 'SELECT count(*)::int AS count FROM destroyed_key';
  return (await rows<{ count: number }>(sql, statement))[0]?.count ?? 0;
}
