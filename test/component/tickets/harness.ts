import { type DevConfig } from '#identity';
import { type TicketsConfig } from '../../../apps/tickets/src/config.js';
import { Homes } from '../../../apps/tickets/src/domain/homes.js';
import { grants, migrations } from '../../../apps/tickets/src/persistence/schema.js';
import { createTicketsService } from '../../../apps/tickets/src/service.js';
import { absentBroker } from '../../support/broker.js';
import {
  makeResources,
  removeResources,
  type ServiceUnderTest,
  startReplica,
  testIdentity,
  testServer,
} from '../../support/service-under-test.js';

/** In seconds: tests may set the clock of this process. */
const clockTolerance = 300;

interface Config extends TicketsConfig {
  readonly identity: DevConfig;
}

export interface TicketsUnderTest extends ServiceUnderTest {
  readonly config: Config;
}

/** The `tickets` service, on a database of its own. */
export async function startTickets(overrides: Partial<Config> = {}): Promise<TicketsUnderTest> {
  const resources = await makeResources('tickets', { migrations, grants });
  const config = {
    server: testServer,
    identity: testIdentity(resources, clockTolerance),
    databaseUrl: resources.database.serviceUrl,
    rabbitmqUrl: absentBroker,
    homes: new Homes([]),
    ...overrides,
  };
  const replica = await replicaOf({ ...resources, config });
  return {
    ...replica,
    stop: async () => {
      await replica.halt();
      await removeResources(resources);
    },
  };
}

/** One more replica of a service under test; to be stopped before it. */
export async function replicaOf({
  folder,
  database,
  config,
}: Pick<TicketsUnderTest, 'folder' | 'database' | 'config'>): Promise<TicketsUnderTest> {
  const service = await createTicketsService(config);
  const replica = await startReplica({ folder, database }, config.identity, service);
  return { ...replica, config };
}
