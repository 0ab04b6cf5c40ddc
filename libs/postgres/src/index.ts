export { readClock } from './clock.js';
export {
  connect,
  createDataSourceOptions,
  type DatabaseOptions,
  type Migrations,
} from './data-source.js';
export { readDatabaseUrl } from './database-url.js';
export { deleteInBatches } from './delete-in-batches.js';
export {
  databaseOutage,
  DatabaseSilentError,
  isDatabaseAway,
  isDatabaseUnavailable,
  isForeignKeyViolation,
  isLockTimeout,
  isUniqueViolation,
} from './errors.js';
export { type LibrarySchema } from './grants.js';
export { ForwardMigration } from './forward-migration.js';
export { migrate } from './migrate.js';
export { requireWritable, onPrimary, ReadOnlyDatabaseError } from './on-primary.js';
export { type PipelinedTransaction, PipelinedTransactions } from './pipelined-transactions.js';
export { SingleStatements } from './single-statements.js';
export { longestSilence } from './session-settings.js';
export { affected, type Database, rows, type Sql } from './sql.js';
export {
  hex,
  type LockWait,
  type Parameter,
  type RowsOf,
  send,
  type Statement,
  statement,
} from './statement.js';
export { UnitOfWork } from './unit-of-work.js';
export { withConnection } from './with-connection.js';
