import { type DataSource } from 'typeorm';
import { readEnvironment } from '#config';
import { connect, databaseProtocols } from '#postgres';

/** The service's database for a command beside it, as `pg_stat_activity` is to call that. Closed when the work is done. */
export async function withDatabase<T>(command: string, use: (database: DataSource) => Promise<T>): Promise<T> {
  const url = readEnvironment(process.env, (read) => read.secretUrl('CREDENTIALS_DATABASE_URL', databaseProtocols));
  const database = await connect({ url, applicationName: command, poolSize: 2, statementTimeout: 0 });
  try {
    return await use(database);
  } finally {
    await database.destroy();
  }
}
