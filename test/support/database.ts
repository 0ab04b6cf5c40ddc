import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own for one test file, with the two roles that a service has. */
export interface TestDatabase {
  /** Owns the schema and migrates. */
  readonly ownerUrl: string;
  /** The service's restricted role: it may do what the grants of the migration say. */
  readonly serviceUrl: string;
  /** Runs a statement as the owner, to inspect and to prepare. */
  query<Row extends pg.QueryResultRow>(
    statement: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * The service loses its connections and gets no new ones, as while a database restarts.
   */
  cutOff(): Promise<void>;
  letIn(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * @param adminUrl a role that may CREATE DATABASE and CREATE ROLE:
 *   `TEST_…_MIGRATION_DATABASE_URL`
 */
export async function createTestDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const [owner, service] = [`${name}_owner`, `${name}_service`];
  const password = randomBytes(12).toString('hex');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const role of [owner, service])
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  // Since PostgreSQL 16 a role that is no superuser must be a member of the
  // role it gives a database to.
  await admin.query(`GRANT ${owner} TO CURRENT_USER`).catch(() => undefined);
  await admin.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await giveSchema(
    urlOf(adminUrl, name, new URL(adminUrl).username, new URL(adminUrl).password),
    owner,
  );
  const pool = new pg.Pool({ connectionString: urlOf(adminUrl, name, owner, password), max: 2 });
  pool.on('error', () => undefined);
  return {
    ownerUrl: urlOf(adminUrl, name, owner, password),
    serviceUrl: urlOf(adminUrl, name, service, password),
    query: async <Row extends pg.QueryResultRow>(
      statement: string,
      parameters: readonly unknown[] = [],
    ) => (await pool.query<Row>(statement, [...parameters])).rows,
    cutOff: async () => {
      await admin.query(`ALTER ROLE ${service} CONNECTION LIMIT 0`);
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1',
        [service],
      );
    },
    letIn: async () => {
      await admin.query(`ALTER ROLE ${service} CONNECTION LIMIT -1`);
    },
    drop: async () => {
      await pool.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const role of [owner, service]) await admin.query(`DROP ROLE ${role}`);
      await admin.end();
    },
  };
}

/** Before PostgreSQL 15 it belongs to the superuser, even if the database does not. */
async function giveSchema(url: string, owner: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const [version] = (
    await admin.query<{ number: number }>(
      "SELECT current_setting('server_version_num')::int AS number",
    )
  ).rows;
  if (version !== undefined && version.number < 150_000)
    await admin.query(`ALTER SCHEMA public OWNER TO ${owner}`);
  await admin.end();
}

function urlOf(adminUrl: string, database: string, user: string, password: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  url.username = user;
  url.password = password;
  return url.href;
}

/** @throws when the variable is missing: a test without its server must not pass */
export function testVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is needed to run this test`);
  return value;
}
