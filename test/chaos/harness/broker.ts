import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ports } from '../../../tools/stack/ports.js';
import {
  type BrokerSource,
  findBroker,
  thisMachine,
} from '../../../tools/stack/rabbitmq/broker-source.js';
import { containerName, containerRecipe } from '../../../tools/stack/rabbitmq/container.js';
import { type BrokerUser, brokerUsers } from '../../../tools/stack/rabbitmq/definitions.js';
import { localRecipes } from '../../../tools/stack/rabbitmq/local.js';
import { waitForBroker } from '../../../tools/stack/rabbitmq/ready.js';
import { type Secrets } from '../../../tools/stack/secrets.js';
import { TestBroker } from '../../support/broker.js';
import { type Control, controlInContainer, controlOf, keepDeclared } from './rabbitmqctl.js';
import { type VictimContext, Victim } from './victim.js';

/**
 * Does something at the broker as an operator, over a connection of its own: none is left
 * to break when the broker is killed.
 */
export type AtBroker = <T>(work: (broker: TestBroker) => Promise<T>) => Promise<T>;

/** A broker, of one node or of several, in the hands of the test. */
export interface Broker {
  /** Where AMQP is spoken; by one of its nodes, where there are several. */
  readonly port: number;
  readonly urls: Readonly<Record<BrokerUser, string>>;
  readonly at: AtBroker;
  /** How many messages wait in a queue; those that are being handled do not count. */
  depth(queue: string): Promise<number>;
  /**
   * Has it on disk what was declared until now, so that it is there
   * after the broker was killed.
   */
  keepDeclared(): Promise<void>;
  /** Makes it as it should be, whatever a scenario that failed left behind. */
  mend(): Promise<void>;
  end(): Promise<void>;
}

export type StartBroker<B extends Broker> = (
  folder: string,
  ports: Ports,
  secrets: Secrets,
  around: VictimContext,
) => Promise<B>;

/** A RabbitMQ node that may be killed. */
export class OwnBroker implements Broker {
  private constructor(
    readonly port: number,
    readonly urls: Readonly<Record<BrokerUser, string>>,
    private readonly node: Victim,
    private readonly helpers: readonly Victim[],
    private readonly control: Control,
    private readonly container: { readonly docker: string; readonly name: string } | undefined,
  ) {}

  /**
   * @param settings Erlang terms for advanced.config, where the
   *   broker is an installed one
   */
  static async start(
    folder: string,
    free: Ports,
    secrets: Secrets,
    around: VictimContext,
    settings?: string,
  ): Promise<OwnBroker> {
    const own = join(folder, 'rabbitmq');
    const ports = {
      amqp: await free.findFree(),
      distribution: await free.findFree(),
      epmd: await free.findFree(),
    };
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (settings !== undefined) writeFileSync(join(own, 'advanced.config'), settings);
    const options = { folder: own, ports, passwords: secrets.broker };
    const source = findBroker(thisMachine(process.env));
    const container =
      source.kind === 'docker' ? { docker: source.docker, name: containerName(own) } : undefined;
    const recipes = container
      ? [containerRecipe(container.docker, options)]
      : localRecipes(installed(source), options);
    const ready = (check: () => void) => waitForBroker(ports.amqp, check);
    const victims = recipes.map(
      (recipe) =>
        new Victim(recipe, recipe.name === 'epmd' ? () => Promise.resolve() : ready, around),
    );
    const node = victims.pop();
    if (node === undefined) throw new Error('there is nothing to start');
    const urls = brokerUsers.map((user) => [
      user,
      `amqp://${user}:${secrets.broker[user]}@127.0.0.1:${ports.amqp}`,
    ]);
    const control = container
      ? controlInContainer(container.docker, container.name)
      : controlOf(installed(source).server, recipes.at(-1)!);
    const broker = new OwnBroker(
      ports.amqp,
      Object.fromEntries(urls) as Record<BrokerUser, string>,
      node,
      victims,
      control,
      container,
    );
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

  depth(queue: string): Promise<number> {
    return this.at((broker) => broker.depth(queue));
  }

  keepDeclared(): Promise<void> {
    return keepDeclared(this.control);
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    if (this.container) execFileSync(this.container.docker, ['kill', this.container.name]);
    await this.node.kill();
  }

  /**
   * Out of memory, as it believes: until `calm` it reads nothing from a
   * connection that has published.
   */
  async alarm(): Promise<void> {
    await this.control('set_vm_memory_high_watermark', '0.0001');
  }

  async calm(): Promise<void> {
    await this.control('set_vm_memory_high_watermark', '0.4');
  }

  /** Stands still until `thaw`, without a word to anybody. */
  freeze(): void {
    this.node.freeze();
  }

  thaw(): void {
    this.node.thaw();
  }

  async mend(): Promise<void> {
    this.thaw();
    if (!this.node.isRunning) await this.start();
    await this.calm();
  }

  async end(): Promise<void> {
    if (this.node.isRunning) await this.kill();
    for (const helper of this.helpers) await helper.kill();
  }
}

function installed(source: BrokerSource): BrokerSource & { kind: 'local' } {
  if (source.kind !== 'local')
    throw new Error('npm start or npm test installs RabbitMQ; run one of them first');
  return source;
}
