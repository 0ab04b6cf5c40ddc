import { join } from 'node:path';
import pg from 'pg';
import { type DatabaseUrls } from '../../../tools/stack/given-servers.js';
import { preparePostgres, superuser } from '../../../tools/stack/postgres/cluster.js';
import {
  createDatabases,
  ownerOf,
  postgresUrl,
  serviceRoleOf,
  waitForPostgres,
} from '../../../tools/stack/postgres/databases.js';
import { type DatabaseName, type Secrets } from '../../../tools/stack/secrets.js';
import { Breakpoint, type Location } from './breakpoint.js';
import { runTask, type VictimContext, Victim } from './victim.js';

/** One service's database, on a PostgreSQL server of its own that may be killed. */
export class OwnDatabase {
  private breakpoints: Breakpoint[] = [];

  private constructor(
    readonly name: DatabaseName,
    readonly server: Victim,
    readonly urls: DatabaseUrls,
    readonly port: number,
    private readonly adminUrl: string,
  ) {}

  /** Durable: what was committed survives SIGKILL. */
  static async start(
    name: DatabaseName,
    at: { folder: string; port: number },
    secrets: Secrets,
    around: VictimContext,
  ): Promise<OwnDatabase> {
    const { port } = at;
    const cluster = {
      folder: join(at.folder, `postgres-${name}`),
      port,
      password: secrets.postgres,
      durable: true,
    };
    const recipe = await preparePostgres(cluster, (task) =>
      runTask({ ...task, name: `${task.name}-${name}` }, around),
    );
    const urlTo = (database: string): string =>
      postgresUrl(port, superuser, secrets.postgres, database);
    const server = new Victim(
      { ...recipe, name: `postgres-${name}` },
      (check) => waitForPostgres(urlTo('postgres'), check),
      around,
    );
    await server.start();
    const { owner, service } = secrets.databases[name];
    await createDatabases(urlTo('postgres'), [
      { name, ownerPassword: owner, servicePassword: service },
    ]);
    const urls = {
      owner: postgresUrl(port, ownerOf(name), owner, name),
      service: postgresUrl(port, serviceRoleOf(name), service, name),
    };
    return new OwnDatabase(name, server, urls, port, urlTo(name));
  }

  /**
   * Runs a statement as the superuser, on a connection of its own, so that nothing is
   * left to break when the server is killed.
   */
  async query<Row extends pg.QueryResultRow>(
    statement: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(statement, [...parameters])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /**
   * Another database of the same server: this one as it is now, like a backup. Whoever
   * uses this one must be stopped.
   */
  async copy(name: string): Promise<OwnDatabase> {
    await this.create(name, databaseOf(this.adminUrl));
    const [owner, service] = [
      inDatabase(this.urls.owner, name),
      inDatabase(this.urls.service, name),
    ];
    return new OwnDatabase(
      this.name,
      this.server,
      { owner, service },
      this.port,
      inDatabase(this.adminUrl, name),
    );
  }

  /** Makes this database what the copy is. */
  async restore(copy: OwnDatabase): Promise<void> {
    const name = databaseOf(this.adminUrl);
    await this.maintain(`DROP DATABASE ${name} WITH (FORCE)`);
    await this.create(name, databaseOf(copy.adminUrl));
  }

  /**
   * From now on every process that comes to this location waits there until the
   * breakpoint is lifted.
   */
  async breakAt(location: Location): Promise<Breakpoint> {
    const breakpoint = await Breakpoint.set(await this.connect(), location);
    this.breakpoints.push(breakpoint);
    return breakpoint;
  }

  /** Makes the database as it should be, whatever a scenario that failed left behind. */
  async mend(): Promise<void> {
    if (!this.server.isRunning) await this.server.start();
    await Promise.all(this.breakpoints.splice(0).map((breakpoint) => breakpoint.lift()));
  }

  private async create(name: string, template: string): Promise<void> {
    await this.maintain(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${ownerOf(this.name)}`);
    await this.maintain(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await this.maintain(`GRANT CONNECT ON DATABASE ${name} TO ${serviceRoleOf(this.name)}`);
  }

  /** For what cannot be done from within the database itself. */
  private async maintain(statement: string): Promise<void> {
    const client = await this.connect(inDatabase(this.adminUrl, 'postgres'));
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  private async connect(connectionString = this.adminUrl): Promise<pg.Client> {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);
const inDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).href;
