import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLocal, thisMachine } from '../../../tools/stack/rabbitmq/broker-source.js';
import { type BrokerUser, brokerUsers } from '../../../tools/stack/rabbitmq/definitions.js';
import { localRecipes } from '../../../tools/stack/rabbitmq/local.js';
import { waitForBroker } from '../../../tools/stack/rabbitmq/ready.js';
import { type Ports } from '../../../tools/stack/ports.js';
import { type Secrets } from '../../../tools/stack/secrets.js';
import { TestBroker } from '../../support/broker.js';
import { type AtBroker, type Broker } from './broker.js';
import { type Control, controlOf, keepDeclared } from './rabbitmqctl.js';
import { type VictimContext, Victim } from './victim.js';

const names = ['one', 'two', 'three'] as const;
type NodeName = (typeof names)[number];

interface Node {
  readonly name: NodeName;
  readonly port: number;
  readonly control: Control;
  readonly victim: Victim;
}

/** A queue, as `rabbitmqctl` lists it. */
interface Listed {
  readonly name: string;
  readonly leader: string;
  readonly members: readonly string[];
}

/**
 * A RabbitMQ cluster of three nodes on this machine, each of which may be killed.
 * Needs an installed RabbitMQ.
 */
export class OwnCluster implements Broker {
  private constructor(
    private readonly nodes: readonly Node[],
    private readonly epmd: Victim,
    private readonly passwords: Secrets['broker'],
  ) {}

  static async start(
    folder: string,
    ports: Ports,
    secrets: Secrets,
    around: VictimContext,
  ): Promise<OwnCluster> {
    const source = findLocal(thisMachine(process.env));
    if (source === undefined) throw new Error('a cluster needs an installed rabbitmq-server');
    const [cookie, epmdPort] = [randomBytes(24).toString('hex'), await ports.findFree()];
    const plan = async (name: NodeName) => {
      const own = join(folder, `rabbitmq-${name}`);
      mkdirSync(join(own, 'conf.d'), { recursive: true, mode: 0o700 });
      writeFileSync(join(own, '.erlang.cookie'), cookie, { mode: 0o400 });
      if (name !== names[0]) writeFileSync(join(own, 'conf.d/cluster.conf'), joining);
      const numbers = {
        amqp: await ports.findFree(),
        distribution: await ports.findFree(),
        epmd: epmdPort,
      };
      const [epmd, node] = localRecipes(source, {
        folder: own,
        ports: numbers,
        passwords: secrets.broker,
        node: name,
      });
      if (epmd === undefined || node === undefined) throw new Error('there is nothing to start');
      const recipe = { ...node, name: `rabbitmq-${name}` };
      const victim = new Victim(recipe, (check) => waitForBroker(numbers.amqp, check), around);
      return {
        epmd,
        node: { name, port: numbers.amqp, control: controlOf(source.server, recipe), victim },
      };
    };
    const [first, ...others] = [await plan('one'), await plan('two'), await plan('three')] as const;
    const epmd = new Victim(first.epmd, () => Promise.resolve(), around);
    await epmd.start();
    await first.node.victim.start();
    for (const { node } of others) await node.victim.start();
    const nodes = [first, ...others].map(({ node }) => node);
    return new OwnCluster(nodes, epmd, secrets.broker);
  }

  /** Of a node that is up. */
  get port(): number {
    return this.living.port;
  }

  get urls(): Readonly<Record<BrokerUser, string>> {
    const urls = brokerUsers.map((user) => [
      user,
      `amqp://${user}:${this.passwords[user]}@127.0.0.1:${this.port}`,
    ]);
    return Object.fromEntries(urls) as Record<BrokerUser, string>;
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

  async keepDeclared(): Promise<void> {
    for (const { control } of this.nodes) await keepDeclared(control);
  }

  /** SIGKILL to the node that leads a quorum queue. @returns how to start it again */
  async killLeader(queue: string): Promise<() => Promise<void>> {
    const listed = await this.living.control(
      'list_queues',
      '--quiet',
      '--formatter',
      'json',
      'name',
      'leader',
      'members',
    );
    const found = (JSON.parse(listed) as Listed[]).find(({ name }) => name === queue);
    const leader = this.nodes.find(({ name }) => found?.leader === `${name}@localhost`);
    if (leader === undefined || found?.members.length !== names.length)
      throw new Error(`${queue} is not on three nodes: ${listed}`);
    await leader.victim.kill();
    return () => leader.victim.start();
  }

  async mend(): Promise<void> {
    await Promise.all(
      this.nodes.filter(({ victim }) => !victim.isRunning).map(({ victim }) => victim.start()),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map(({ victim }) => victim.kill()));
    await this.epmd.kill();
  }

  private get living(): Node {
    const node = this.nodes.find(({ victim }) => victim.isRunning);
    if (node === undefined) throw new Error('no node is up');
    return node;
  }
}

/** Lets the other nodes join the first one at their first boot. */
const joining = `
cluster_formation.peer_discovery_backend = classic_config
cluster_formation.classic_config.nodes.1 = ${names[0]}@localhost
cluster_formation.randomized_startup_delay_range.min = 0
cluster_formation.randomized_startup_delay_range.max = 1
`;
