import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrokerSource, findBroker, thisMachine } from '../../../tools/stack/rabbitmq/broker-source.js';
import { containerName, containerRecipe } from '../../../tools/stack/rabbitmq/container.js';
import { type BrokerUser, brokerUsers } from '../../../tools/stack/rabbitmq/definitions.js';
import { localRecipes } from '../../../tools/stack/rabbitmq/local.js';
import { waitForBroker } from '../../../tools/stack/rabbitmq/ready.js';
import { type RabbitmqOptions } from '../../../tools/stack/rabbitmq/settings.js';
import { type Secrets } from '../../../tools/stack/secrets.js';
import { TestBroker } from '../../support/broker.js';
import { type Surroundings, Victim } from './victim.js';

export type BrokerPorts = RabbitmqOptions['ports'];

/** Does something at the broker as an operator, over a connection of its own: none is left to break when the broker is killed. */
export type AtBroker = <T>(work: (broker: TestBroker) => Promise<T>) => Promise<T>;

/** A RabbitMQ node that may be killed. */
export class OwnBroker {
  private constructor(
    readonly port: number,
    readonly urls: Readonly<Record<BrokerUser, string>>,
    private readonly node: Victim,
    private readonly helpers: readonly Victim[],
    private readonly container: { readonly docker: string; readonly name: string } | undefined,
  ) {}

  static async start(folder: string, ports: BrokerPorts, secrets: Secrets, around: Surroundings): Promise<OwnBroker> {
    const own = join(folder, 'rabbitmq');
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const options = { folder: own, ports, passwords: secrets.broker };
    const source = findBroker(thisMachine(process.env));
    const recipes = source.kind === 'docker' ? [containerRecipe(source.docker, options)] : localRecipes(installed(source), options);
    const ready = (check: () => void) => waitForBroker(ports.amqp, check);
    const victims = recipes.map((recipe) => new Victim(recipe, recipe.name === 'epmd' ? () => Promise.resolve() : ready, around));
    const node = victims.pop();
    if (node === undefined) throw new Error('there is nothing to start');
    const urls = brokerUsers.map((user) => [user, `amqp://${user}:${secrets.broker[user]}@127.0.0.1:${ports.amqp}`]);
    const container = source.kind === 'docker' ? { docker: source.docker, name: containerName(own) } : undefined;
    const broker = new OwnBroker(ports.amqp, Object.fromEntries(urls) as Record<BrokerUser, string>, node, victims, container);
    for (const helper of victims) await helper.start();
    await node.start();
    return broker;
  }

  /** Again, with what it had on disk. Resolves when it answers. */
  start(): Promise<void> {
    return this.node.start();
  }

  readonly at: AtBroker = async (work) => {
    const broker = await TestBroker.open(this.urls.operator);
    try {
      return await work(broker);
    } finally {
      await broker.close();
    }
  };

  /** How many messages wait in a queue; those that are being handled do not count. */
  depth(queue: string): Promise<number> {
    return this.at((broker) => broker.depth(queue));
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    if (this.container) execFileSync(this.container.docker, ['kill', this.container.name]);
    await this.node.kill();
  }

  async mend(): Promise<void> {
    if (!this.node.isRunning) await this.start();
  }

  async end(): Promise<void> {
    if (this.node.isRunning) await this.kill();
    for (const helper of this.helpers) await helper.kill();
  }
}

function installed(source: BrokerSource): BrokerSource & { kind: 'local' } {
  if (source.kind !== 'local') throw new Error('npm start or npm test installs RabbitMQ; run one of them first');
  return source;
}
