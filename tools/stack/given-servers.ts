import { readFileSync } from 'node:fs';
import { LauncherError } from './launcher-error.js';
import { type DatabaseName, databaseNames } from './secrets.js';

/** Two roles of one database. */
export interface DatabaseUrls {
  /** Of the role that owns the schema and migrates. */
  readonly owner: string;
  /** Of the service's restricted role. */
  readonly service: string;
}

export interface GivenServers {
  readonly databases: Readonly<Record<DatabaseName, DatabaseUrls>> | undefined;
  readonly broker: string | undefined;
}

/** The names of the variables that say where a database is. */
export const databaseVariables = (name: DatabaseName): Record<keyof DatabaseUrls, string> => ({
  owner: `${name.toUpperCase()}_MIGRATION_DATABASE_URL`,
  service: `${name.toUpperCase()}_DATABASE_URL`,
});

/**
 * The servers that the environment names, so that none of ours is started.
 * @param prefix `TEST_` for tests
 * @throws LauncherError when only some of the databases' URLs are given
 */
export function readGivenServers(env: NodeJS.ProcessEnv, prefix: '' | 'TEST_'): GivenServers {
  const read = (variable: string): string | undefined => readVariable(env, `${prefix}${variable}`);
  const variables = databaseNames.flatMap((name) => Object.values(databaseVariables(name)));
  const missing = variables
    .filter((variable) => read(variable) === undefined)
    .map((variable) => `${prefix}${variable}`);
  const broker = read('RABBITMQ_URL');
  if (missing.length === variables.length) return { databases: undefined, broker };
  if (missing.length > 0)
    throw new LauncherError(
      `The databases are given in part only. Missing: ${missing.join(', ')}. ` +
        '(Give none for private servers.)',
    );
  const databases = databaseNames.map((name) => {
    const { owner, service } = databaseVariables(name);
    return [name, { owner: read(owner), service: read(service) }] as const;
  });
  return { databases: Object.fromEntries(databases) as Record<DatabaseName, DatabaseUrls>, broker };
}

/** A variable, or the content of the file that `NAME_FILE` names. */
function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  const value =
    env[name] ??
    (file === undefined || file === '' ? undefined : readFileSync(file, 'utf8').trim());
  return value === '' ? undefined : value;
}
