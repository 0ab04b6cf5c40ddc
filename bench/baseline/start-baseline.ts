import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { outboxSchema } from '#outbox';
import { type BaselinePlaces } from './baseline.js';

export interface RunningBaseline {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the baseline in a process of its own, on the services' databases.
 * @param places with the URLs of the schemas' owners
 */
export async function startBaseline(places: BaselinePlaces): Promise<RunningBaseline> {
  for (const url of [places.ticketsUrl, places.credentialsUrl]) await makeOutbox(url);
  // Out of reach of the terminal's Ctrl-C, which is for the one that stops it.
  const options = { env: { PATH: process.env['PATH'] }, detached: true };
  const child = fork(fileURLToPath(new URL('main.js', import.meta.url)), options);
  const exited = once(child, 'exit');
  child.send(places);
  const answer = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (answer === undefined) throw new Error('the baseline did not start');
  return {
    url: String(answer[0]),
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** Its own outbox table: the relays of the services would publish the rows of theirs. */
async function makeOutbox(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE SCHEMA baseline; SET search_path = baseline');
  for (const ddl of outboxSchema.tables) await client.query(ddl);
  await client.end();
}
