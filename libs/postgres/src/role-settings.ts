import pg from 'pg';
import { driverOptions } from './data-source.js';
import { roleSettings } from './session-settings.js';

/**
 * Makes our settings those that the service's role begins every session with, in this
 * database only, so that they hold on connections that a pooler makes. As the role
 * itself: nobody else may, but who may create roles.
 */
export async function keepRoleSettings(serviceUrl: string): Promise<void> {
  const client = new pg.Client(driverOptions(serviceUrl, 'migrate'));
  // It ends its own connection, below.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await renew(client, await set(client));
  } finally {
    await client.end();
  }
}

interface Session {
  readonly pid: number;
  /** Whether it has begun with other settings. */
  readonly differs: boolean;
}

async function set(client: pg.Client): Promise<Session> {
  await client.query('BEGIN');
  const { rows } = await client.query<Session & { database: string }>(
    `SELECT pg_backend_pid() AS pid,
       quote_ident(current_database()) AS database,
       EXISTS (
         SELECT FROM pg_settings
         JOIN unnest($1::text[], $2::text[]) AS ours (name, value) USING (name)
         WHERE setting <> value
       ) AS differs`,
    [Object.keys(roleSettings), Object.values(roleSettings)],
  );
  const [session] = rows as [Session & { database: string }];
  for (const [name, value] of Object.entries(roleSettings)) {
    await client.query('SELECT set_config($1, $2, true)', [name, value]);
    await client.query(
      `ALTER ROLE CURRENT_USER IN DATABASE ${session.database} SET ${name} FROM CURRENT`,
    );
  }
  await client.query('COMMIT');
  return session;
}

/** A pooler would go on using the connection as it began, for the service. */
async function renew(client: pg.Client, { pid, differs }: Session): Promise<void> {
  if (differs) await client.query('SELECT pg_terminate_backend($1)', [pid]).catch(() => undefined);
}
