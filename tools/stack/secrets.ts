import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { LauncherError } from './launcher-error.js';
import { type StackPaths } from './paths.js';
import { type BrokerUser, brokerUsers } from './rabbitmq/definitions.js';
import { replaceFile } from './replace-file.js';

/**
 * The passwords of our own servers: random, generated at the first start, and useless for
 * any other server.
 */
export interface Secrets {
  readonly postgres: string;
  readonly databases: Readonly<
    Record<DatabaseName, { readonly owner: string; readonly service: string }>
  >;
  readonly broker: Readonly<Record<BrokerUser, string>>;
}

export const databaseNames = ['tickets', 'credentials'] as const;
export type DatabaseName = (typeof databaseNames)[number];

const make = (): string => randomBytes(24).toString('base64url');

export function loadSecrets(paths: StackPaths): Secrets {
  if (existsSync(paths.secrets)) return JSON.parse(readFileSync(paths.secrets, 'utf8')) as Secrets;
  if (existsSync(`${paths.postgres}/data`))
    throw new LauncherError(
      `${paths.secrets} is gone, and with it the passwords of ${paths.postgres}: ` +
        `delete ${paths.folder} to begin anew`,
    );
  const databases = databaseNames.map(
    (name) => [name, { owner: make(), service: make() }] as const,
  );
  const secrets: Secrets = {
    postgres: make(),
    databases: Object.fromEntries(databases) as Secrets['databases'],
    broker: Object.fromEntries(brokerUsers.map((user) => [user, make()])) as Secrets['broker'],
  };
  replaceFile(paths.secrets, JSON.stringify(secrets));
  return secrets;
}
