import { type Statement, statement } from '#postgres';
import { type LockWait } from './gates.js';

/**
 * The moment of a batch that has its locks, by the database's clock, to the millisecond.
 * From here on what skips locks waits for none longer than a tenth of a second (55P03).
 */
export const batchMoment = (lockWait: LockWait): Statement<{ at: Date }> =>
  statement(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS at
     ${lockWait === 'skip' ? `, set_config('lock_timeout', '100ms', true)` : ''}`,
  );
