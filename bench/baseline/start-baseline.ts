import pg from 'pg';
import { outboxSchema } from '#outbox';
import { type RunningServer, startServer } from '../start-server.js';
import { type BaselinePlaces } from './baseline.js';

/**
 * Starts the baseline in a process of its own, on the services' databases.
 * @param places with the URLs of the schemas' owners
 */
export async function startBaseline(places: BaselinePlaces): Promise<RunningServer> {
  for (const url of [places.ticketsUrl, places.credentialsUrl]) await makeOutbox(url);
  return startServer(new URL('main.js', import.meta.url), places);
}

/** Its own outbox table: the relays of the services would publish the rows of theirs. */
async function makeOutbox(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE SCHEMA baseline; SET search_path = baseline');
  for (const ddl of outboxSchema.tables) await client.query(ddl);
  await client.end();
}
