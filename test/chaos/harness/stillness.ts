import { queues } from '#contracts';
import { deadQueue, retryQueue } from '#messaging';
import { type TestBroker } from '../../support/broker.js';
import { type Broker } from './broker.js';
import { type Databases } from './ground.js';

interface Surface {
  readonly databases: Databases;
  readonly broker: Broker;
}

/** Those of RabbitTransport. */
const retryDelays = [1, 5, 15, 60, 300];
const consumed = Object.values(queues);

/** What is still on its way between the services, in words; nothing when all is still. */
export async function unrest({ databases, broker }: Surface): Promise<string[]> {
  const owed = await Promise.all(
    Object.values(databases).map(async (database) => {
      const [row] = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox');
      return { where: `the outbox of ${database.name}`, count: row?.count ?? 0 };
    }),
  );
  const waiting = await broker.at((client) =>
    Promise.all(
      consumed.flatMap((queue) => [queue, ...retryDelays.map((delay) => retryQueue(queue, delay))]).map((queue) => depthOf(client, queue)),
    ),
  );
  return [...owed, ...waiting].filter(({ count }) => count > 0).map(({ where, count }) => `${count} in ${where}`);
}

/** How many messages were set aside. */
export async function deadLetters({ broker }: Surface): Promise<number> {
  const found = await broker.at((client) => Promise.all(consumed.map((queue) => depthOf(client, deadQueue(queue)))));
  return found.reduce((sum, { count }) => sum + count, 0);
}

/** A queue that nobody has declared yet is empty. */
const depthOf = (client: TestBroker, queue: string): Promise<{ where: string; count: number }> =>
  client.depth(queue).then(
    (count) => ({ where: queue, count }),
    () => ({ where: queue, count: 0 }),
  );
