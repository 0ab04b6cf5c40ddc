import { queues } from '#contracts';
import { deadQueue, retryQueue } from '#messaging';
import { type TestBroker, unlessMissing } from '../../support/broker.js';
import { type Broker } from './broker.js';
import { type Databases } from './own-servers.js';

interface Surface {
  readonly databases: Databases;
  readonly broker: Broker;
}

/** Those of RabbitTransport. */
const retryDelays = [1, 5, 15, 60, 300];
const consumed = Object.values(queues);

/** What is still on its way between the services, in words; nothing when all is still. */
export async function inFlight({ databases, broker }: Surface): Promise<string[]> {
  const outboxes = await Promise.all(
    Object.values(databases).map(async (database) => {
      const [row] = await database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM outbox',
      );
      return { where: `the outbox of ${database.name}`, count: row?.count ?? 0 };
    }),
  );
  const moving = outboxes
    .filter(({ count }) => count > 0)
    .map(({ where, count }) => `${count} in ${where}`);
  return [...moving, ...(await waiting(broker))];
}

async function waiting(broker: Broker): Promise<string[]> {
  const names = consumed.flatMap((queue) => [
    queue,
    ...retryDelays.map((delay) => retryQueue(queue, delay)),
  ]);
  try {
    const depths = await broker.at((client) =>
      Promise.all(names.map(async (name) => [name, await depthOf(client, name)] as const)),
    );
    return depths.filter(([, count]) => count > 0).map(([name, count]) => `${count} in ${name}`);
  } catch (error) {
    // What cannot be read may hold anything.
    return [`queues that cannot be read: ${String(error)}`];
  }
}

/** How many messages were set aside. */
export async function deadLetters({ broker }: Surface): Promise<number> {
  const found = await broker.at((client) =>
    Promise.all(consumed.map((queue) => depthOf(client, deadQueue(queue)))),
  );
  return found.reduce((sum, count) => sum + count, 0);
}

/**
 * A queue that nobody has declared yet is empty. One that has no leader says 0 too; only
 * its leader can say that there is nothing to get.
 * @throws when it cannot be read
 */
async function depthOf(client: TestBroker, queue: string): Promise<number> {
  const depth = await unlessMissing(client.depth(queue));
  if (depth !== 0) return depth ?? 0;
  const taken = await client.act(async (channel) => {
    const message = await channel.get(queue);
    if (message) channel.nack(message);
    return message;
  });
  return taken === false ? 0 : 1;
}
