import { join } from 'node:path';
import { databaseVariables } from '../given-servers.js';
import { type StackPaths } from '../paths.js';
import { type CommandEnvironments } from '../command-environments.js';
import { databaseNames } from '../secrets.js';
import { type Servers } from '../servers.js';
import { type ServiceName } from './service-names.js';

/** The addresses of the other services. */
export interface Neighbours {
  readonly paths: StackPaths;
  readonly servers: Servers;
  /** Comma-separated, one URL per replica. */
  readonly ticketsUrl: string;
  readonly credentialsUrl: string;
}

/** Each service gets its own passwords, and no others. */
const withheld = [
  ...databaseNames.flatMap((name) => Object.values(databaseVariables(name))),
  'RABBITMQ_URL',
].flatMap((name) => [name, `${name}_FILE`, `TEST_${name}`]);
/** Processes cannot share a port, so each serves /metrics on its own. */
const perProcess = ['METRICS_PORT'];

/** The user's environment, without what the stack decides. */
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !withheld.includes(name) && !perProcess.includes(name),
  );
  return Object.fromEntries(kept);
}

/**
 * Development tokens are the default, unless an AUTH_ variable says whose tokens count.
 */
export const usesDevTokens = (env: NodeJS.ProcessEnv): boolean =>
  env['AUTH_MODE'] === 'dev' ||
  !Object.entries(env).some(
    ([name, value]) => saysWhose(name) && value !== undefined && value !== '',
  );

const saysWhose = (name: string): boolean =>
  name.startsWith('AUTH_') && name !== 'AUTH_CLOCK_TOLERANCE_SECONDS';

/**
 * Services refuse development tokens in production. A stack that uses them is not
 * production, even if the shell sets NODE_ENV so.
 */
const devTokens = ({ devKey }: StackPaths): NodeJS.ProcessEnv => ({
  AUTH_MODE: 'dev',
  AUTH_DEV_KEY_FILE: devKey,
  NODE_ENV: undefined,
});

/**
 * The stack's own key ring, unless the user has one in Vault. Signing keys are in no
 * ring.
 */
const ring = (env: NodeJS.ProcessEnv, { keyring }: StackPaths): NodeJS.ProcessEnv =>
  env['KEYRING_VAULT_URL']
    ? { SIGNING_KEYS_DIR: env['SIGNING_KEYS_DIR'] ?? join(keyring, 'signing') }
    : { KEYRING_DIR: env['KEYRING_DIR'] ?? keyring };

/** The variables that the stack decides; all others are the user's. */
function decided(
  service: ServiceName,
  env: NodeJS.ProcessEnv,
  neighbours: Neighbours,
): NodeJS.ProcessEnv {
  const { paths, servers, ticketsUrl, credentialsUrl } = neighbours;
  const own: Record<ServiceName, NodeJS.ProcessEnv> = {
    tickets: {
      TICKETS_DATABASE_URL: servers.databases.tickets.service,
      HELPDESK_HOMES: env['HELPDESK_HOMES'] ?? '{"/legacy-desk":{"prefix":"legacy:"}}',
    },
    credentials: {
      CREDENTIALS_DATABASE_URL: servers.databases.credentials.service,
      TICKETS_URL: ticketsUrl,
      ...ring(env, paths),
    },
    gateway: { TICKETS_URL: ticketsUrl, CREDENTIALS_URL: credentialsUrl },
  };
  return {
    ...(usesDevTokens(env) && devTokens(paths)),
    RABBITMQ_URL: servers.brokerUrls[service],
    ...own[service],
  };
}

export const serviceEnvironment = (
  service: ServiceName,
  port: number,
  env: NodeJS.ProcessEnv,
  neighbours: Neighbours,
): NodeJS.ProcessEnv => ({
  ...inherited(env),
  ...decided(service, env, neighbours),
  HOST: '127.0.0.1',
  PORT: String(port),
});

/**
 * For commands that are run beside the stack: a service's own see what the service sees,
 * and the owner of its database, since some of them do what the service may not; the
 * operator's see every server.
 */
export function commandEnvironments(
  env: NodeJS.ProcessEnv,
  neighbours: Neighbours,
): CommandEnvironments {
  const { brokerUrls, databases } = neighbours.servers;
  const urls = databaseNames.flatMap((name) => {
    const variables = databaseVariables(name);
    return [
      [variables.service, databases[name].service] as const,
      [variables.owner, databases[name].owner] as const,
    ];
  });
  return {
    tickets: {
      ...decided('tickets', env, neighbours),
      [databaseVariables('tickets').owner]: databases.tickets.owner,
    },
    credentials: {
      ...decided('credentials', env, neighbours),
      [databaseVariables('credentials').owner]: databases.credentials.owner,
    },
    operator: { RABBITMQ_URL: brokerUrls.operator, ...Object.fromEntries(urls) },
  };
}

/** Migrations run as the owner of the schema, and give rights to the service's role. */
export function migrationEnvironment(
  name: (typeof databaseNames)[number],
  env: NodeJS.ProcessEnv,
  servers: Servers,
): NodeJS.ProcessEnv {
  const { owner, service } = databaseVariables(name);
  return {
    ...inherited(env),
    [owner]: servers.databases[name].owner,
    [service]: servers.databases[name].service,
  };
}
