import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * One service's database, with the role that owns its schema and the restricted
 * one that the service runs as.
 */
export interface DatabasePlan {
  readonly name: string;
  readonly ownerPassword: string;
  readonly servicePassword: string;
}

export const ownerOf = (database: string): string => `${database}_owner`;
export const serviceRoleOf = (database: string): string => `${database}_service`;

export function postgresUrl(
  port: number,
  user: string,
  password: string,
  database: string,
): string {
  const url = new URL(`postgres://127.0.0.1:${port}/${database}`);
  url.username = user;
  url.password = password;
  return url.href;
}

/**
 * Waits until the server accepts connections.
 * @throws what `check`, called between two attempts, throws
 */
export async function waitForPostgres(url: string, check: () => void): Promise<void> {
  for (;;) {
    try {
      await withClient(url, (client) => client.query('SELECT 1'));
      return;
    } catch {
      check();
      await sleep(30);
    }
  }
}

/**
 * Creates what is missing: both roles with their passwords, and the database, to which
 * only these two may connect.
 * @param ownersMayCreate whether the owners may make databases and roles of their own, as
 *   tests do
 */
export async function createDatabases(
  adminUrl: string,
  plans: readonly DatabasePlan[],
  ownersMayCreate = false,
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const database of ['postgres', 'template1'])
      await client.query(`REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`);
    for (const { name, ownerPassword, servicePassword } of plans) {
      const [owner, service] = [ownerOf(name), serviceRoleOf(name)];
      await ensureRole(
        client,
        owner,
        ownerPassword,
        ownersMayCreate ? 'CREATEDB CREATEROLE' : 'NOCREATEDB NOCREATEROLE',
      );
      await ensureRole(client, service, servicePassword, 'NOCREATEDB NOCREATEROLE');
      // To drop a database that somebody is still connected to.
      if (ownersMayCreate) await client.query(`GRANT pg_signal_backend TO ${owner}`);
      const there = 'SELECT 1 FROM pg_database WHERE datname = $1';
      const { rowCount } = await client.query(there, [name]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
      await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
      await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${service}`);
    }
  });
}

async function ensureRole(
  client: pg.Client,
  role: string,
  password: string,
  rights: string,
): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${role} LOGIN NOSUPERUSER ${rights} PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

async function withClient<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000, ssl: false });
  // A server that stops while we are connected is reported by the statement that fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
