import { readEnvironment } from '#config';
import { readDatabaseUrl, migrate } from '#postgres';
import { grants, migrations } from './persistence/schema.js';

/**
 * Run before the service, at every start: brings the schema up to date as its owner, and
 * grants the service's role what it does.
 */
const urls = readEnvironment(process.env, (read) => ({
  migrationUrl: readDatabaseUrl(read, 'TICKETS_MIGRATION_DATABASE_URL'),
  serviceUrl: readDatabaseUrl(read, 'TICKETS_DATABASE_URL'),
}));
const waiting = (reason: string): void => {
  process.stderr.write(`waiting: ${reason}\n`);
};
await migrate({ ...urls, migrations, grants, waiting });
