import { affected, type Sql } from './sql.js';

/** Rows that one statement deletes at most. */
const batch = 1000;

/**
 * For housekeeping: deletes by short statements, each of which commits by itself. So
 * nobody waits for more than one of them, and a backlog of any size gets smaller,
 * which one statement that runs into its timeout would not achieve. Rows that others
 * hold are left to the next time.
 * @param sql the pool, never a transaction
 * @param table a constant, as `condition` is: both become part of the statement
 */
export async function deleteInBatches(sql: Sql, table: string, condition: string): Promise<void> {
  const some = `SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${batch} FOR UPDATE SKIP LOCKED`;
  while (
    (await affected(sql, `DELETE FROM ${table} WHERE ctid = ANY (ARRAY (${some}))`)) === batch
  );
}
