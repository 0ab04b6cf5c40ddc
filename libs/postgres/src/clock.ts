import { rows, type Sql } from './sql.js';

/**
 * The present time by the database's clock, which is the one that decides: those of the
 * replicas may differ from it and from each other.
 */
export async function readClock(sql: Sql): Promise<Date> {
  const [clock] = await rows<{ ms: number }>(
    sql,
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  if (clock === undefined) throw new Error('the database did not tell the time');
  return new Date(clock.ms);
}
