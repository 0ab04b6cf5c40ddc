import { migrationRecipe } from '../../../tools/stack/services/recipes.js';
import { repositoryRoot, type StackPaths, stackPaths } from '../../../tools/stack/paths.js';
import { Ports } from '../../../tools/stack/ports.js';
import { ProcessJournal } from '../../../tools/stack/processes/process-journal.js';
import { type DatabaseName, databaseNames, loadSecrets } from '../../../tools/stack/secrets.js';
import { makeTestFolder, removeTestFolder } from '../../../tools/stack/test-folder.js';
import { type Broker, type StartBroker } from './broker.js';
import { OwnDatabase } from './database.js';
import { runTask, type VictimContext } from './victim.js';

export type Databases = Readonly<Record<DatabaseName, OwnDatabase>>;

/** Servers of the test's own, with migrated databases. */
export interface OwnServers<B extends Broker = Broker> extends VictimContext {
  readonly paths: StackPaths;
  readonly ports: Ports;
  readonly databases: Databases;
  readonly broker: B;
  /** Ends the servers and deletes everything. */
  clear(): Promise<void>;
}

export async function startOwnServers<B extends Broker>(
  startBroker: StartBroker<B>,
): Promise<OwnServers<B>> {
  const folder = makeTestFolder();
  const [paths, ports] = [stackPaths(folder), new Ports()];
  const around = { logs: paths.logs, journal: new ProcessJournal(paths.journal) };
  const secrets = loadSecrets(paths);
  const startDatabase = async (name: DatabaseName): Promise<OwnDatabase> => {
    const database = await OwnDatabase.start(
      name,
      { folder, port: await ports.findFree() },
      secrets,
      around,
    );
    await migrate(database, around);
    return database;
  };
  const [broker, ...found] = await Promise.all([
    startBroker(folder, ports, secrets, around),
    ...databaseNames.map(startDatabase),
  ]);
  const databases = Object.fromEntries(
    found.map((database) => [database.name, database]),
  ) as Databases;
  const clear = async (): Promise<void> => {
    await broker.end();
    await Promise.all(found.map(({ server }) => server.stop()));
    ports.release();
    await removeTestFolder(folder);
  };
  return { ...around, paths, ports, databases, broker, clear };
}

async function migrate({ name, urls }: OwnDatabase, around: VictimContext): Promise<void> {
  const given = {
    databases: { tickets: urls, credentials: urls },
    brokerUrls: { tickets: '', credentials: '', gateway: '', operator: '' },
    vhostUrls: [],
  };
  const servers = { ...given, own: true, brokerReady: Promise.resolve() };
  await runTask(migrationRecipe(name, { root: repositoryRoot() }, process.env, servers), around);
}
