import { type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';

/** The part of TypeORM's driver for PostgreSQL that gives a connection of its pool. */
interface PoolOwner {
  obtainMasterConnection(): Promise<[PoolClient, (fault?: Error) => void]>;
}

/**
 * Lends a connection of the service's pool until `work` ends.
 * @param work calls `giveUp` if nobody can tell what the connection would answer next:
 *   the pool closes it then
 */
export async function withPoolConnection<T>(
  dataSource: DataSource,
  work: (client: PoolClient, giveUp: (fault: Error) => void) => Promise<T>,
): Promise<T> {
  const pool = dataSource.driver as unknown as PoolOwner;
  const [client, release] = await pool.obtainMasterConnection();
  let fault: Error | undefined;
  try {
    return await work(client, (error) => (fault = error));
  } finally {
    release(fault);
  }
}
