import { type TestDatabase } from './database.js';
import { waitFor } from './wait-for.js';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const lockNotAvailable = '55P03';

/**
 * Empties tables of services that run, and does `more` in the same transaction. TRUNCATE
 * alone would hold one table while it waits for the next: a deadlock with a transaction
 * that has this one and wants the other. So it takes all of them at once, or none.
 */
export async function emptyTables(
  database: TestDatabase,
  tables: readonly string[],
  more: readonly string[] = [],
): Promise<void> {
  const names = tables.join(', ');
  const statements = [
    `LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE NOWAIT`,
    `TRUNCATE ${names}`,
    ...more,
  ].join('; ');
  await waitFor(() =>
    database.query(statements).then(
      () => true,
      (error: unknown) => {
        if ((error as { code?: unknown }).code !== lockNotAvailable) throw error;
        return false;
      },
    ),
  );
}
