import { readEnvironment } from '#config';
import { migrate } from '#postgres';
import { postgresProtocols } from './config.js';
import { grants, migrations } from './persistence/schema.js';

/** Run before the service, at every start: brings the schema up to date as its owner, and grants the service's role what it does. */
const urls = readEnvironment(process.env, (read) => ({
  migrationUrl: read.secretUrl('TICKETS_MIGRATION_DATABASE_URL', postgresProtocols),
  serviceUrl: read.secretUrl('TICKETS_DATABASE_URL', postgresProtocols),
}));
await migrate({ ...urls, migrations, grants });
