import {
  DataSource,
  type DataSourceOptions,
  type EntitySchema,
  type MigrationInterface,
} from 'typeorm';
import { type ClientBase, type PoolConfig } from 'pg';
import { retry } from '#waiting';
import { parseDatabaseUrl } from './database-url.js';
import { requireMigrations, SchemaBehindError } from './require-migrations.js';
import { isDatabaseUnavailable } from './errors.js';
import { prepareConnection } from './new-connection.js';
import { serviceTimeout } from './session-settings.js';

export type Migrations = readonly (new () => MigrationInterface)[];

export interface DatabaseOptions {
  /**
   * `postgres://user:password@host:port/database`, of the primary; with
   * `?host=/directory` over a Unix socket.
   */
  readonly url: string;
  /** What `pg_stat_activity` calls this service. */
  readonly applicationName?: string;
  readonly entities?: readonly (EntitySchema | (new () => object))[];
  /** What `migrate` runs; `connect` waits until they have run. */
  readonly migrations?: Migrations;
  /** Connections at most, in this process. */
  readonly poolSize?: number;
  /** Milliseconds; 0 is no limit, as migrations need. */
  readonly statementTimeout?: number;
}

const connectTimeout = 3000;
/**
 * Connecting costs a server process and thousands of hash rounds on both sides, so a
 * connection is kept through a lull between two bursts, but at most five minutes: after
 * that a network in between may have dropped it.
 */
const idleTimeout = 300_000;

/**
 * How the driver reaches a database: only what {@link parseDatabaseUrl} understood of the
 * URL, since whatever else stands in it would replace ours. No settings: see
 * {@link prepareConnection}.
 */
export function driverOptions(url: string, applicationName: string): PoolConfig {
  const { applicationName: named = applicationName, ...place } = parseDatabaseUrl(url);
  const given = Object.fromEntries(
    Object.entries(place).filter(([, value]) => value !== undefined),
  );
  return {
    ...given,
    application_name: named,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: connectTimeout,
  };
}

/** int8 is read as a number; ours stay below 2^53. */
export function createDataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  const {
    url,
    applicationName = 'private-credentials',
    entities = [],
    migrations = [],
    poolSize = 10,
  } = options;
  const { statementTimeout = serviceTimeout } = options;
  return {
    type: 'postgres',
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    poolSize,
    parseInt8: true,
    installExtensions: false,
    synchronize: false,
    logging: false,
    // An idle connection that dies is replaced at the next use; without a handler
    // it would end the process.
    poolErrorHandler: () => undefined,
    extra: {
      ...driverOptions(url, applicationName),
      idleTimeoutMillis: idleTimeout,
      onConnect: (client: ClientBase) => prepareConnection(client, statementTimeout),
    },
  };
}

export interface ConnectOptions {
  /**
   * Milliseconds to go on trying; the last failure is thrown after that. Default 30 s.
   */
  readonly timeoutMs?: number;
  /** Told once, when there is something to wait for. */
  readonly onWait?: (failure: Error) => void;
}

/**
 * Connects, and waits for a database that is still starting, or whose
 * migrations are still running.
 */
export const connect = (
  options: DatabaseOptions,
  { timeoutMs = 30_000, onWait = () => undefined }: ConnectOptions = {},
): Promise<DataSource> => retry(() => open(options), { timeoutMs, isTransient, onWait });

const isTransient = (error: unknown): boolean =>
  error instanceof SchemaBehindError || isDatabaseUnavailable(error);

async function open(options: DatabaseOptions): Promise<DataSource> {
  const dataSource = await new DataSource(createDataSourceOptions(options)).initialize();
  try {
    await requireMigrations(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
