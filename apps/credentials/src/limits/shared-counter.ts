import { type DataSource } from 'typeorm';
import { RateLimiterPostgres } from 'rate-limiter-flexible';

export interface Window {
  /** Of its keys in the table, so that counters do not meet. */
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

/** The library speaks to a pg client; TypeORM's pool answers it in the same shape. */
async function query(dataSource: DataSource, { text, values = [] }: { text: string; values?: unknown[] }) {
  const runner = dataSource.createQueryRunner();
  try {
    const { records, affected } = await runner.query(text, values, true);
    return { rows: records as unknown[], rowCount: affected };
  } finally {
    await runner.release();
  }
}
