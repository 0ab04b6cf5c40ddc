import { type DataSource } from 'typeorm';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { deleteInBatches, type Sql } from '#postgres';

export interface Window {
  /** Prefix of its keys in the table, so that counters do not collide. */
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds, from the first count on. */
  readonly duration: number;
}

/** Counts in the credentials' own database, so that all replicas share the count. */
export const sharedCounter = (dataSource: DataSource, window: Window): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient: { query: (statement: { text: string; values?: unknown[] }) => query(dataSource, statement) },
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    ...window,
  });

/** Deletes the counts whose time is over: a row for each person who ever called would tell who that was. */
export async function purgeCounts(sql: Sql): Promise<void> {
  await deleteInBatches(sql, 'rate_limit', 'expire < extract(epoch FROM clock_timestamp()) * 1000');
}

/** The library expects a pg client; TypeORM's pool has the same interface. */
async function query(dataSource: DataSource, { text, values = [] }: { text: string; values?: unknown[] }) {
  const runner = dataSource.createQueryRunner();
  try {
    const { records, affected } = await runner.query(text, values, true);
    return { rows: records as unknown[], rowCount: affected };
  } finally {
    await runner.release();
  }
}
