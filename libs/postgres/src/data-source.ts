import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import { isDatabaseUnavailable } from './errors.js';

export type Migrations = readonly (new () => MigrationInterface)[];

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`, of the primary. */
  readonly url: string;
  /** What `pg_stat_activity` calls this service. */
  readonly applicationName?: string;
  readonly entities?: readonly (EntitySchema | (new () => object))[];
  readonly migrations?: Migrations;
  /** Connections at most, in this process. */
  readonly poolSize?: number;
  /** Milliseconds; 0 for none, as migrations need. */
  readonly statementTimeout?: number;
}

/** What the URL of a database begins with. */
export const databaseProtocols = ['postgres:', 'postgresql:'];

const connectTimeout = 3000;
const defaultStatementTimeout = 10_000;

/** READ COMMITTED is said at the connection, so that no transaction pays a statement for it; int8 is read as a number (ours stay below 2^53). */
export function createDataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  const { url, applicationName = 'private-credentials', entities = [], migrations = [], poolSize = 10 } = options;
  const { statementTimeout = defaultStatementTimeout } = options;
  return {
    type: 'postgres',
    url,
    applicationName,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    poolSize,
    parseInt8: true,
    installExtensions: false,
    synchronize: false,
    logging: false,
    connectTimeoutMS: connectTimeout,
    // An idle connection that dies is replaced at the next use; without a handler it would end the process.
    poolErrorHandler: () => undefined,
    extra: {
      options: '-c default_transaction_isolation=read\\ committed',
      ...(statementTimeout > 0 && { statement_timeout: statementTimeout, idle_in_transaction_session_timeout: statementTimeout }),
    },
  };
}

/**
 * Connects, and waits for a database that is still starting.
 * @param patience milliseconds to go on trying; the last failure is thrown after that
 */
export async function connect(options: DatabaseOptions, patience = 30_000): Promise<DataSource> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await new DataSource(createDataSourceOptions(options)).initialize();
    } catch (error) {
      if (!isDatabaseUnavailable(error) || Date.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
