import { type DataSource } from 'typeorm';
import { connect, type DatabaseOptions } from './data-source.js';

/**
 * For an operator's command: a connection without a statement timeout,
 * closed when the work is done.
 */
export async function withConnection<T>(
  options: DatabaseOptions,
  use: (database: DataSource) => Promise<T>,
): Promise<T> {
  const database = await connect({ poolSize: 2, statementTimeout: 0, ...options });
  try {
    return await use(database);
  } finally {
    await database.destroy();
  }
}
