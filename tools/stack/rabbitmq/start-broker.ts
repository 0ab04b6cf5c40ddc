import { mkdirSync } from 'node:fs';
import { aptRecipe } from '../apt.js';
import { giveUpAfter } from '../processes/give-up-after.js';
import { type SupervisedProcess } from '../processes/supervised-process.js';
import { type Recipe } from '../processes/managed-process.js';
import { type Secrets } from '../secrets.js';
import { type ServersOptions } from '../servers-options.js';
import { type BrokerSource, findBroker, findLocal, thisMachine } from './broker-source.js';
import { containerRecipe, image } from './container.js';
import { type BrokerUser, brokerUsers } from './definitions.js';
import { localRecipes } from './local.js';
import { waitForBroker } from './ready.js';
import { type RabbitmqOptions } from './settings.js';

export interface StartedBroker {
  readonly urls: Readonly<Record<BrokerUser, string>>;
  /** The operator's, of each virtual host beside `/`. */
  readonly vhostUrls: readonly string[];
  readonly ready: Promise<void>;
}

const rabbitmqPackage = {
  name: 'rabbitmq-server',
  units: ['rabbitmq-server.service', 'epmd.socket', 'epmd.service'],
};

/** Longer than any boot; an image that is not there yet is fetched before. */
const timeoutMs = 120_000;

/**
 * Finds or installs a RabbitMQ, then resolves; it boots after `beforeBroker`, and `ready`
 * resolves when it answers.
 */
export async function startBroker(
  options: ServersOptions,
  secrets: Secrets,
): Promise<StartedBroker> {
  const { paths, supervisor, reporter, vhosts, ports: free } = options;
  const source = await obtain(options);
  const ports = {
    amqp: await free.findFree(),
    distribution: await free.findFree(),
    epmd: await free.findFree(),
  };
  mkdirSync(paths.rabbitmq, { recursive: true, mode: 0o700 });
  const broker = { folder: paths.rabbitmq, ports, passwords: secrets.broker, vhosts };
  const boot = async (): Promise<void> => {
    const servers = (await recipes(source, broker, options)).map((recipe) =>
      supervisor.supervise(recipe),
    );
    await waitForBroker(ports.amqp, giveUpAfter(servers.at(-1) as SupervisedProcess, timeoutMs));
  };
  const ready = options.beforeBroker.then(() =>
    reporter.step('RabbitMQ', boot, () => `on 127.0.0.1:${ports.amqp}`),
  );
  // A failure reaches the callers who await `ready`. Without a handler here, Node would
  // end the process if it failed before they do.
  ready.catch(() => undefined);
  const urlOf = (user: BrokerUser): string =>
    `amqp://${user}:${secrets.broker[user]}@127.0.0.1:${ports.amqp}`;
  const urls = brokerUsers.map((user) => [user, urlOf(user)]);
  const vhostUrls = vhosts.map((vhost) => `${urlOf('operator')}/${vhost}`);
  return { urls: Object.fromEntries(urls) as Record<BrokerUser, string>, vhostUrls, ready };
}

type RunnableSource = Exclude<BrokerSource, { kind: 'apt' }>;

async function obtain({ env, supervisor, reporter }: ServersOptions): Promise<RunnableSource> {
  const machine = thisMachine(env);
  const source = findBroker(machine);
  if (source.kind !== 'apt') return source;
  reporter.say(
    'There is no RabbitMQ here: the Debian package rabbitmq-server is installed now ' +
      '(STACK_NO_INSTALL=1 forbids it).',
  );
  await reporter.step('apt-get install rabbitmq-server', () =>
    supervisor.run(aptRecipe(source.aptGet, env, rabbitmqPackage)),
  );
  return findLocal(machine) ?? (findBroker({ ...machine, isRoot: false }) as RunnableSource);
}

async function recipes(
  source: RunnableSource,
  broker: RabbitmqOptions,
  { env, supervisor, reporter }: ServersOptions,
): Promise<readonly Recipe[]> {
  if (source.kind === 'local') return localRecipes(source, broker);
  const { docker } = source;
  const task = (name: string, ...args: string[]): Recipe => ({
    name,
    command: docker,
    args,
    env,
    shown: true,
  });
  const isThere = await supervisor
    .run({
      ...task('docker-image', 'image', 'inspect', '--format', '{{.Id}}', image),
      shown: false,
    })
    .then(
      () => true,
      () => false,
    );
  if (!isThere)
    await reporter.step(`docker pull ${image}`, () =>
      supervisor.run(task('docker-pull', 'pull', image)),
    );
  return [containerRecipe(docker, broker)];
}
