import { type LockWait, type Statement, statement } from '#postgres';

/** Limits each later wait for a lock to 100 ms (55P03), until the transaction ends. */
const briefWaits = `set_config('lock_timeout', '100ms', true)`;

/** For a batch that needs no clock. */
export const waitingBriefly: Statement = statement(`SELECT ${briefWaits}`);

/**
 * Reads the database's clock, to the millisecond, after the locks of a batch were taken.
 * For a batch that skips locks it also limits each later wait to 100 ms (55P03).
 */
export const batchTime = (lockWait: LockWait): Statement<{ at: Date }> =>
  statement(
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS at
     ${lockWait === 'skip' ? `, ${briefWaits}` : ''}`,
  );
