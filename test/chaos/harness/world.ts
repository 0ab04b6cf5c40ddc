import { type ServiceName, serviceNames } from '../../../tools/stack/services/service-names.js';
import { queues } from '#contracts';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { type Broker, type StartBroker } from './broker.js';
import { type OwnDatabase } from './database.js';
import { startOwnServers, type Databases, type OwnServers } from './own-servers.js';
import { type Neighbourhood, type Replica, replicaOf } from './replica.js';

export interface WorldOptions {
  /** Processes of each service; default 1. */
  readonly replicas?: number;
  /**
   * Configuration of the services: how a test makes time short. Nothing is reconciled
   * where `RECONCILE_SECONDS` does not say so, and no changes are followed where
   * `CHANGES_SECONDS` does not.
   */
  readonly env?: NodeJS.ProcessEnv;
  /** What one process alone is started with, by its name: `tickets-1`. */
  readonly envOf?: (name: string) => NodeJS.ProcessEnv;
  /** Of the services' connections to the broker; default theirs. */
  readonly heartbeatSeconds?: number;
}

/** What is not the world's own. */
interface Elsewhere {
  readonly databases?: Databases;
  readonly urls?: Partial<Neighbourhood['urls']>;
}

/** No limits, and nothing that repairs what an event should have done. */
const quiet = {
  CHANGES_SECONDS: '0',
  NODE_OPTIONS: undefined,
  LOG_LEVEL: 'info',
  RATE_LIMIT_PER_ADDRESS: '0',
  RATE_LIMIT_REVEALS: '0',
  RATE_LIMIT_SUBMITS: '0',
};

/**
 * The whole system, in processes and on servers of its own; everything in it may be
 * killed, frozen and cut off.
 */
export class World<B extends Broker = Broker> {
  private constructor(
    readonly servers: OwnServers<B>,
    readonly tickets: AtLeastOne<Replica>,
    readonly credentials: AtLeastOne<Replica>,
    readonly gateways: AtLeastOne<Replica>,
    /** By which `credentials` asks `tickets`, one for each replica of the latter. */
    readonly questions: AtLeastOne<TcpProxy>,
    private readonly around: Neighbourhood,
  ) {}

  /** Resolves when every service is ready, and consumes. */
  static async start<B extends Broker>(
    startBroker: StartBroker<B>,
    { replicas = 1, env = {}, envOf = () => ({}), heartbeatSeconds }: WorldOptions = {},
  ): Promise<World<B>> {
    const servers = await startOwnServers(startBroker);
    if (env['RECONCILE_SECONDS'] === undefined)
      await keepReconcilerAway(servers.databases.credentials);
    const ports = await findPorts(servers, replicas);
    const questions = await Promise.all(
      ports.tickets.map((port) => TcpProxy.to('127.0.0.1', port)),
    );
    const urls = {
      tickets: ports.tickets.map(urlOf).join(','),
      credentials: ports.credentials.map(urlOf).join(','),
      questions: questions.map((line, at) => line.through(urlOf(ports.tickets[at]))).join(','),
    };
    const around = {
      ...servers,
      urls,
      heartbeatSeconds,
      envOf,
      env: { ...process.env, ...quiet, ...env },
    };
    const wire = async (service: ServiceName) =>
      some(
        await Promise.all(
          ports[service].map((port, at) => replicaOf(service, at + 1, port, around)),
        ),
      );
    const world = new World(
      servers,
      await wire('tickets'),
      await wire('credentials'),
      await wire('gateway'),
      some(questions),
      around,
    );
    await Promise.all(world.replicas.map((replica) => replica.start()));
    await world.consuming();
    return world;
  }

  /**
   * Consumers declare their queues first. A broker that is killed meanwhile may have one
   * afterwards that never gets a leader (findings/rabbitmq-killed-while-declaring.sh).
   */
  private async consuming(): Promise<void> {
    const consumed = Object.values(queues);
    await waitFor(() =>
      this.broker.at(async (broker) => {
        for (const queue of consumed) if ((await broker.consumers(queue)) === 0) return false;
        return true;
      }),
    );
  }

  get databases(): Databases {
    return this.servers.databases;
  }

  get broker(): B {
    return this.servers.broker;
  }

  /**
   * One process more of a service, on other databases or with other neighbours; no other
   * process knows of it. It is ready, and the test ends it.
   */
  async another(
    service: ServiceName,
    { databases = this.databases, urls = {} }: Elsewhere,
  ): Promise<Replica> {
    const around = { ...this.around, databases, urls: { ...this.around.urls, ...urls } };
    const replica = await replicaOf(service, 9, await this.servers.ports.findFree(), around);
    await replica.start();
    return replica;
  }

  /** How many credentials of the ticket are stored. */
  async live({ id }: { readonly id: string }): Promise<number> {
    return (
      await this.databases.credentials.query('SELECT 1 FROM credential WHERE ticket_id = $1', [id])
    ).length;
  }

  /** New connections to the broker go to a node that is up. */
  followBroker(): void {
    for (const { lines } of this.replicas) lines.broker.redirectTo(this.broker.port);
  }

  /** Makes everything as it should be, whatever a scenario that failed left behind. */
  async mend(): Promise<void> {
    await Promise.all(
      [...Object.values(this.databases), this.broker].map((server) => server.mend()),
    );
    for (const line of this.questions) line.restore();
    await Promise.all(this.replicas.map((replica) => replica.mend()));
  }

  async end(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.end()));
    await Promise.all(this.questions.map((line) => line.close()));
    await this.servers.clear();
  }

  private get replicas(): readonly Replica[] {
    return [...this.tickets, ...this.credentials, ...this.gateways];
  }
}

type AtLeastOne<T> = readonly [T, ...T[]];
const some = <T>(things: readonly T[]) => things as AtLeastOne<T>;

const urlOf = (port = 0): string => `http://127.0.0.1:${port}`;

/**
 * The reconciler starts with every process of `credentials`, and would repair what the
 * tested mechanism has missed. So the test holds its lease, and no process runs it.
 */
async function keepReconcilerAway(database: OwnDatabase): Promise<void> {
  await database.query(
    "INSERT INTO leadership VALUES ('reconcile', gen_random_uuid(), 'infinity')",
  );
}

async function findPorts(
  { ports }: OwnServers,
  count: number,
): Promise<Record<ServiceName, number[]>> {
  const found: Record<ServiceName, number[]> = { tickets: [], credentials: [], gateway: [] };
  for (const service of serviceNames)
    while (found[service].length < count) found[service].push(await ports.findFree());
  return found;
}
