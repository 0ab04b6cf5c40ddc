import { type DatabaseUrls } from './given-servers.js';
import { type StartedBroker, startBroker } from './rabbitmq/start-broker.js';
import { type ServersOptions } from './servers-options.js';
import { startPostgres } from './postgres/start-postgres.js';
import { type BrokerUser, brokerUsers } from './rabbitmq/definitions.js';
import { type DatabaseName, loadSecrets } from './secrets.js';

/** The addresses of the databases and the broker, ours or given. */
export interface Servers {
  readonly databases: Readonly<Record<DatabaseName, DatabaseUrls>>;
  readonly brokerUrls: Readonly<Record<BrokerUser, string>>;
  /**
   * The operator's URL of each requested virtual host besides `/`; empty for a given
   * broker.
   */
  readonly vhostUrls: readonly string[];
  /** Whether both are ours, so that demo data may be written. */
  readonly own: boolean;
  /**
   * Resolves when the broker answers, seconds after everything else.
   */
  readonly brokerReady: Promise<void>;
}

/**
 * Resolves when PostgreSQL is up with its roles and databases, and
 * the broker has been started.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { given, paths } = options;
  const own = { databases: given.databases === undefined, broker: given.broker === undefined };
  const secrets = own.databases || own.broker ? loadSecrets(paths) : undefined;
  const [databases, broker] = await Promise.all([
    given.databases ?? startPostgres(options, secrets ?? loadSecrets(paths)),
    given.broker === undefined
      ? startBroker(options, secrets ?? loadSecrets(paths))
      : givenBroker(given.broker),
  ]);
  const { urls: brokerUrls, vhostUrls, ready: brokerReady } = broker;
  return { databases, brokerUrls, vhostUrls, brokerReady, own: own.databases && own.broker };
}

const givenBroker = (url: string): StartedBroker => ({
  urls: Object.fromEntries(brokerUsers.map((user) => [user, url])) as Record<BrokerUser, string>,
  vhostUrls: [],
  ready: Promise.resolve(),
});
