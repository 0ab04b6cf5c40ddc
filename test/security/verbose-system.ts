import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseNames } from '../../tools/stack/secrets.js';
import { Clients } from '../chaos/harness/clients.js';
import { OwnBroker } from '../chaos/harness/broker.js';
import { type OwnDatabase } from '../chaos/harness/database.js';
import { type Replica } from '../chaos/harness/replica.js';
import { World } from '../chaos/harness/world.js';
import { makeTestFolder, removeTestFolder } from '../../tools/stack/test-folder.js';
import { waitFor } from '../support/wait-for.js';
import { SpanReceiver } from './span-receiver.js';

const loudest = {
  log_statement: 'all',
  log_min_duration_statement: '0',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
  log_min_error_statement: 'debug1',
  log_error_verbosity: 'verbose',
};

/**
 * The whole system in processes, where everything that can be made to talk does, and
 * what it says is kept in files.
 */
export class VerboseSystem {
  private constructor(
    readonly world: World<OwnBroker>,
    readonly people: Clients,
    private readonly receiver: SpanReceiver,
    /**
     * What is written down outside of the world's own folder:
     * reports, traces, metrics, dumps.
     */
    readonly notes: string,
  ) {}

  /** @param env of every process, beside the loudness */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<VerboseSystem> {
    const notes = makeTestFolder();
    const receiver = await SpanReceiver.start(join(notes, 'traces'));
    const reports = join(notes, 'reports');
    mkdirSync(reports);
    const world = await World.start((...around) => OwnBroker.start(...around), {
      env: {
        LOG_LEVEL: 'debug',
        NODE_OPTIONS:
          '--report-on-signal --report-uncaught-exception --report-on-fatalerror ' +
          `--report-directory=${reports}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: '200',
        ...env,
      },
    });
    for (const database of Object.values(world.databases)) await makeLoud(database);
    return new VerboseSystem(
      world,
      new Clients(world.gateways.map(({ url }) => url)),
      receiver,
      notes,
    );
  }

  get replicas(): readonly Replica[] {
    return [...this.world.gateways, ...this.world.tickets, ...this.world.credentials];
  }

  /**
   * Every byte there is: data and write-ahead logs, broker, keys and logs; and the
   * notes, once they are taken.
   */
  get folders(): readonly string[] {
    return [this.world.servers.paths.folder, this.notes];
  }

  /**
   * Has everything written down that is in memory until asked for.
   * @param occasion a name for it
   */
  async takeNotes(occasion: string): Promise<void> {
    const at = join(this.notes, occasion);
    mkdirSync(at);
    for (const { name, url } of this.replicas)
      writeFileSync(join(at, `${name}.metrics`), await (await fetch(`${url}/metrics`)).text());
    for (const name of databaseNames) {
      const database = this.world.databases[name];
      writeFileSync(join(at, `${name}.dump`), await dump(database));
      await database.query('CHECKPOINT');
    }
    const reports = countReports(this.notes) + this.replicas.length;
    for (const replica of this.replicas) replica.signal('SIGUSR2');
    await waitFor(() => countReports(this.notes) === reports);
  }

  async end(): Promise<void> {
    await this.world.end();
    this.receiver.close();
    await removeTestFolder(this.notes);
  }
}

async function makeLoud(database: OwnDatabase): Promise<void> {
  for (const [name, value] of Object.entries(loudest))
    await database.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  await database.query('SELECT pg_reload_conf()');
}

/** Every row of every table, as text. */
async function dump(database: OwnDatabase): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const rows: string[] = [];
  for (const { name } of tables)
    for (const { row } of await database.query<{ row: string }>(
      `SELECT t::text AS row FROM "${name}" t`,
    ))
      rows.push(`${name} ${row}`);
  return rows.join('\n');
}

/** Those that are written to their end. */
function countReports(notes: string): number {
  const folder = join(notes, 'reports');
  return readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name), 'utf8').trimEnd().endsWith('}'),
  ).length;
}
