import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabases, type DatabasePlan } from '../stack/postgres/databases.js';

/**
 * Second step of `docker compose up`: makes the databases and their roles, with the
 * passwords of the first step.
 */
const folder = process.argv[2] ?? '/secrets';
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const passwordIn = (file: string): string => decodeURIComponent(new URL(read(file)).password);

const plans = ['tickets', 'credentials'].map((name): DatabasePlan => ({
  name,
  ownerPassword: passwordIn(`${name}-migration-database-url`),
  servicePassword: passwordIn(`${name}-database-url`),
}));
await createDatabases(
  `postgres://postgres:${read('postgres-password')}@postgres:5432/postgres`,
  plans,
  false,
);
