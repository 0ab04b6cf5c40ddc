import { type DataSource } from 'typeorm';
import { rows } from './sql.js';

/**
 * The schema is older than the release. The message names the
 * migrations that have not run.
 */
export class SchemaBehindError extends Error {
  override readonly name = 'SchemaBehindError';
}

/**
 * @throws SchemaBehindError unless all migrations of this DataSource have run; it may
 *   know more of them than this release
 */
export async function requireMigrations(dataSource: DataSource): Promise<void> {
  const needed = dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
  const missing = needed.length === 0 ? [] : await missingOf(dataSource, needed);
  if (missing.length > 0)
    throw new SchemaBehindError(`migrations have not run: ${missing.join(', ')}`);
}

async function missingOf(dataSource: DataSource, needed: readonly string[]): Promise<string[]> {
  // From the first migration to the last, which brings the grants, the table is
  // there, but not yet to be read.
  const statement =
    "SELECT coalesce(has_table_privilege(to_regclass('migration'), 'SELECT'), false) AS readable";
  const [table] = await rows<{ readable: boolean }>(dataSource, statement);
  const done =
    table?.readable === true
      ? await rows<{ name: string }>(dataSource, 'SELECT name FROM migration')
      : [];
  const names = new Set(done.map(({ name }) => name));
  return needed.filter((name) => !names.has(name));
}
