import { type StackPaths } from '../paths.js';
import { type Ports } from '../ports.js';
import { giveUpAfter } from '../processes/give-up-after.js';
import { replaceFile } from '../replace-file.js';
import { type Supervisor } from '../processes/supervisor.js';
import { type Reporter } from '../reporter.js';
import { type DatabaseName } from '../secrets.js';
import { type Servers } from '../servers.js';
import { commandEnvironments } from './environment.js';
import { waitForReady } from './ready.js';
import { type Build, type ServiceProcess, migrationRecipe, serviceProcesses } from './recipes.js';
import { type Replicas } from './replicas.js';
import { type ServiceName, serviceNames } from './service-names.js';

interface ServicesOptions {
  readonly paths: StackPaths;
  readonly env: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
  readonly supervisor: Supervisor;
  readonly build: Build;
  readonly servers: Servers;
  readonly replicas: Replicas;
  readonly gatewayPort: number;
  readonly ports: Ports;
}

/** The addresses of the first replica of each service. */
export interface RunningServices {
  readonly urls: {
    readonly gatewayUrl: string;
    readonly ticketsUrl: string;
    readonly credentialsUrl: string;
  };
}

/** In which a service has to become ready, in ms. */
const timeoutMs = 60_000;
const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/**
 * Starts each service as soon as its database is up to date; the gateway has none.
 * Resolves when all of them are ready.
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { paths, env, reporter, supervisor, build, servers, replicas, gatewayPort } = options;
  const ports = {
    tickets: await findFree(options.ports, replicas.tickets),
    credentials: await findFree(options.ports, replicas.credentials),
    gateway: Array.from({ length: replicas.gateway }, (_, index) => gatewayPort + index),
  };
  const [ticketsUrl, credentialsUrl] = [ports.tickets, ports.credentials].map((some) =>
    some.map(urlOf).join(','),
  ) as [string, string];
  const neighbours = { paths, servers, ticketsUrl, credentialsUrl };
  const migrate = (name: DatabaseName) =>
    reporter.step(`${name} migrations`, () =>
      supervisor.run(migrationRecipe(name, build, env, servers)),
    );
  const mergeInto = async (name: ServiceName): Promise<void> => {
    if (name !== 'gateway') await migrate(name);
    const processes = serviceProcesses(name, ports[name], build, env, neighbours);
    await Promise.all(processes.map((process) => startService(process, supervisor, reporter)));
  };
  await Promise.all(serviceNames.map(mergeInto));
  const [gatewayUrl, tickets, credentials] = [ports.gateway, ports.tickets, ports.credentials].map(
    ([first = 0]) => urlOf(first),
  );
  replaceFile(paths.commandEnvironments, JSON.stringify(commandEnvironments(env, neighbours)));
  return {
    urls: {
      gatewayUrl,
      ticketsUrl: tickets,
      credentialsUrl: credentials,
    } as RunningServices['urls'],
  };
}

async function startService(
  { recipe, port }: ServiceProcess,
  supervisor: Supervisor,
  reporter: Reporter,
): Promise<void> {
  const start = async (): Promise<void> => {
    const process = supervisor.supervise(recipe);
    await waitForReady(port, giveUpAfter(process, timeoutMs));
  };
  await reporter.step(recipe.name, start, () => `on ${urlOf(port)}`);
}

async function findFree(ports: Ports, count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) found.push(await ports.findFree());
  return found;
}
