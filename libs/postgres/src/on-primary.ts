import { rows, type Sql } from './sql.js';

/**
 * A condition that always holds, for statements whose answer decides something. A standby
 * refuses it however current it is (25006), and a balancer sends it to the primary, as it
 * does with every lock; but no row is locked, so nobody waits and nothing is written.
 * @param table any in which the role may update a column
 */
export const onPrimary = (table: string): string =>
  `NOT EXISTS (SELECT FROM ${table} WHERE false FOR KEY SHARE)`;

/** Its code is what a standby answers to a change, so that it counts as an outage. */
export class ReadOnlyDatabaseError extends Error {
  override readonly name = 'ReadOnlyDatabaseError';
  readonly code = '25006';
}

/**
 * @throws ReadOnlyDatabaseError that says why the database takes no changes; whatever the
 *   database answers when it is away
 */
export async function requireWritable(sql: Sql): Promise<void> {
  const [found] = await rows<{ standby: boolean; readOnly: string }>(
    sql,
    `SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS "readOnly"`,
  );
  if (found?.standby === true)
    throw new ReadOnlyDatabaseError('the database is a standby: its URL must lead to the primary');
  if (found?.readOnly === 'on')
    throw new ReadOnlyDatabaseError(
      'the database takes no changes: default_transaction_read_only is on',
    );
}
