import { type DataSource } from 'typeorm';
import { readEnvironment } from '#config';
import { readDatabaseUrl, withConnection } from '#postgres';

/**
 * The service's database for an operator's command, whose name `pg_stat_activity` shows.
 * Closed when the work is done.
 */
export function withDatabase<T>(
  command: string,
  use: (database: DataSource) => Promise<T>,
): Promise<T> {
  const url = readEnvironment(process.env, (read) =>
    readDatabaseUrl(read, 'CREDENTIALS_DATABASE_URL'),
  );
  return withConnection({ url, applicationName: command }, use);
}
