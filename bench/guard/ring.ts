import { type StackDescription } from '../../tools/stack/stack-file.js';
import { Client } from '../client.js';
import { signIn } from '../people.js';
import { concurrency } from '../plan.js';
import { startServer } from '../start-server.js';

/** The system and the bare floor, both ready to be called. */
export interface Ring {
  readonly system: Client;
  readonly floor: Client;
  close(): Promise<void>;
}

/** Starts the floor on the PostgreSQL of a stack that runs. */
export async function enterRing({ gatewayUrl, databaseUrls }: StackDescription): Promise<Ring> {
  const databaseUrl = databaseUrls.tickets;
  const server = await startServer(new URL('../bare/main.js', import.meta.url), { databaseUrl });
  const tokens = await signIn(gatewayUrl);
  const system = new Client({
    name: 'the system',
    urls: [gatewayUrl],
    connections: concurrency,
    ...tokens,
  });
  const floor = new Client({
    name: 'the bare floor',
    urls: [server.url],
    connections: concurrency,
    customer: {},
    agent: {},
  });
  return {
    system,
    floor,
    close: async () => {
      await Promise.all([system.close(), floor.close()]);
      await server.stop();
    },
  };
}
