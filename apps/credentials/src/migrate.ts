import { readEnvironment } from '#config';
import { databaseProtocols, migrate } from '#postgres';
import { grants, migrations } from './persistence/schema.js';

/** Run before the service, at every start: brings the schema up to date as its owner, and grants the service's role what it does. */
const urls = readEnvironment(process.env, (read) => ({
  migrationUrl: read.secretUrl('CREDENTIALS_MIGRATION_DATABASE_URL', databaseProtocols),
  serviceUrl: read.secretUrl('CREDENTIALS_DATABASE_URL', databaseProtocols),
}));
await migrate({ ...urls, migrations, grants });
