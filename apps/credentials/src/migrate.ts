import { readEnvironment } from '#config';
import { migrate } from '#postgres';
import { grants, migrations } from './persistence/schema.js';

/** Run by ops, and by `npm start`, before the service: as the schema's owner. */
const postgres = ['postgres:', 'postgresql:'];
const urls = readEnvironment(process.env, (read) => ({
  migrationUrl: read.secretUrl('CREDENTIALS_MIGRATION_DATABASE_URL', postgres),
  serviceUrl: read.secretUrl('CREDENTIALS_DATABASE_URL', postgres),
}));
await migrate({ ...urls, migrations, grants });
