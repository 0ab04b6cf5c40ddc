import { join } from 'node:path';
import pg from 'pg';
import { type DatabaseUrls } from '../../../tools/stack/given-servers.js';
import { preparePostgres, superuser } from '../../../tools/stack/postgres/cluster.js';
import { createDatabases, ownerOf, postgresUrl, serviceRoleOf, waitForPostgres } from '../../../tools/stack/postgres/databases.js';
import { type DatabaseName, type Secrets } from '../../../tools/stack/secrets.js';
import { Checkpoint, type Place } from './checkpoint.js';
import { runTask, type Surroundings, Victim } from './victim.js';

/** One service's database, on a PostgreSQL server of its own that may be killed. */
export class OwnDatabase {
  private checkpoints: Checkpoint[] = [];

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
    around: Surroundings,
  ): Promise<OwnDatabase> {
    const { port } = at;
    const cluster = { folder: join(at.folder, `postgres-${name}`), port, password: secrets.postgres, durable: true };
    const recipe = await preparePostgres(cluster, (task) => runTask({ ...task, name: `${task.name}-${name}` }, around));
    const urlTo = (database: string): string => postgresUrl(port, superuser, secrets.postgres, database);
    const server = new Victim({ ...recipe, name: `postgres-${name}` }, (check) => waitForPostgres(urlTo('postgres'), check), around);
    await server.start();
    const { owner, service } = secrets.databases[name];
    await createDatabases(urlTo('postgres'), [{ name, ownerPassword: owner, servicePassword: service }]);
    const urls = { owner: postgresUrl(port, ownerOf(name), owner, name), service: postgresUrl(port, serviceRoleOf(name), service, name) };
    return new OwnDatabase(name, server, urls, port, urlTo(name));
  }

  /** Runs a statement as the superuser, on a connection of its own, so that nothing is left to break when the server is killed. */
  async query<Row extends pg.QueryResultRow>(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(statement, [...parameters])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** From now on whoever comes to this place waits there until the checkpoint is lifted. */
  async checkpoint(place: Place): Promise<Checkpoint> {
    const checkpoint = await Checkpoint.set(await this.connect(), place);
    this.checkpoints.push(checkpoint);
    return checkpoint;
  }

  /** Makes the database as it should be, whatever a scenario that failed left behind. */
  async mend(): Promise<void> {
    if (!this.server.isRunning) await this.server.start();
    await Promise.all(this.checkpoints.splice(0).map((checkpoint) => checkpoint.lift()));
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
