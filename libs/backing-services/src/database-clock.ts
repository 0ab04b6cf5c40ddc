import { ClockWatch, compareClock } from '#clock';
import { readClock, type Sql } from '#postgres';

/**
 * Watches the clock of this process beside that of the service's
 * database, which all replicas share.
 * @param database asked for at every comparison, since a service needs
 *   its clock before it has one
 * @param tolerance seconds
 */
export const databaseClock = (database: () => Sql, tolerance: number): ClockWatch =>
  new ClockWatch(
    () => compareClock(async () => (await readClock(database())).getTime(), 1),
    tolerance,
  );
