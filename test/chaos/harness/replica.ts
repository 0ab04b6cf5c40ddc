import { repositoryRoot, type StackPaths } from '../../../tools/stack/paths.js';
import { type Servers } from '../../../tools/stack/servers.js';
import { waitForReady } from '../../../tools/stack/services/ready.js';
import { serviceProcesses } from '../../../tools/stack/services/recipes.js';
import { type ServiceName } from '../../../tools/stack/services/service-names.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { type Broker } from './broker.js';
import { type Databases } from './own-servers.js';
import { type VictimContext, Victim } from './victim.js';

/**
 * What a replica reaches its servers by, so that a test can cut it off from one of
 * them. The gateway uses neither.
 */
export interface Lines {
  readonly database: TcpProxy;
  readonly broker: TcpProxy;
}

export interface Neighbourhood extends VictimContext {
  readonly paths: StackPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly databases: Databases;
  readonly broker: Broker;
  /** Comma-separated. `questions` is where `credentials` asks `tickets`. */
  readonly urls: Readonly<Record<'tickets' | 'credentials' | 'questions', string>>;
  readonly heartbeatSeconds: number | undefined;
  /** What this one alone is started with, by its name. */
  readonly envOf: (name: string) => NodeJS.ProcessEnv;
}

/** One process of a service. */
export class Replica extends Victim {
  constructor(
    readonly url: string,
    readonly lines: Lines,
    ...victim: ConstructorParameters<typeof Victim>
  ) {
    super(...victim);
  }

  /** Makes it as it should be, whatever a scenario that failed left behind. */
  async mend(): Promise<void> {
    this.thaw();
    for (const line of Object.values(this.lines) as TcpProxy[]) line.restore();
    if (!this.isRunning) await this.start();
  }

  async end(): Promise<void> {
    await this.kill();
    await this.lines.database.close();
    await this.lines.broker.close();
  }
}

/** Wires one process of a service with lines of its own; it is not started yet. */
export async function replicaOf(
  service: ServiceName,
  number: number,
  port: number,
  around: Neighbourhood,
): Promise<Replica> {
  const { paths, env, databases, broker, urls, heartbeatSeconds } = around;
  const database = databases[service === 'gateway' ? 'tickets' : service];
  const lines = {
    database: await TcpProxy.to('127.0.0.1', database.port),
    broker: await TcpProxy.to('127.0.0.1', broker.port),
  };
  const through = { ...database.urls, service: lines.database.through(database.urls.service) };
  const brokerUrl = new URL(lines.broker.through(broker.urls[service]));
  if (heartbeatSeconds !== undefined)
    brokerUrl.searchParams.set('heartbeat', String(heartbeatSeconds));
  const servers: Servers = {
    databases: { tickets: through, credentials: through },
    brokerUrls: { ...broker.urls, [service]: brokerUrl.href },
    vhostUrls: [],
    own: true,
    brokerReady: Promise.resolve(),
  };
  const ticketsUrl = service === 'credentials' ? urls.questions : urls.tickets;
  const [process] = serviceProcesses(service, [port], { root: repositoryRoot() }, env, {
    paths,
    servers,
    ticketsUrl,
    credentialsUrl: urls.credentials,
  });
  if (process === undefined) throw new Error(`there is no recipe for ${service}`);
  const name = `${service}-${number}`;
  const recipe = { ...process.recipe, name, env: { ...process.recipe.env, ...around.envOf(name) } };
  return new Replica(
    `http://127.0.0.1:${port}`,
    lines,
    recipe,
    (check) => waitForReady(port, check),
    around,
  );
}
