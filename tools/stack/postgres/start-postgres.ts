import { type DatabaseUrls } from '../given-servers.js';
import { giveUpAfter } from '../processes/give-up-after.js';
import { type DatabaseName, type Secrets, databaseNames } from '../secrets.js';
import { type ServersOptions } from '../servers-options.js';
import { preparePostgres, superuser } from './cluster.js';
import {
  createDatabases,
  ownerOf,
  postgresUrl,
  serviceRoleOf,
  waitForPostgres,
} from './databases.js';

/** After a crash PostgreSQL first replays its log, which may take a while. */
const timeoutMs = 120_000;

/** Starts our PostgreSQL and makes what is missing in it. */
export async function startPostgres(
  options: ServersOptions,
  secrets: Secrets,
): Promise<Readonly<Record<DatabaseName, DatabaseUrls>>> {
  const { paths, supervisor, reporter, throwaway } = options;
  const port = await options.ports.findFree();
  return reporter.step(
    'PostgreSQL',
    async () => {
      const cluster = {
        folder: paths.postgres,
        port,
        password: secrets.postgres,
        durable: !throwaway,
      };
      const recipe = await preparePostgres(cluster, (task) => supervisor.run(task));
      const server = supervisor.supervise(recipe);
      const adminUrl = postgresUrl(port, superuser, secrets.postgres, 'postgres');
      await waitForPostgres(adminUrl, giveUpAfter(server, timeoutMs));
      const plans = databaseNames.map((name) => {
        const { owner, service } = secrets.databases[name];
        return { name, ownerPassword: owner, servicePassword: service };
      });
      await createDatabases(adminUrl, plans, throwaway);
      return Object.fromEntries(
        databaseNames.map((name) => [name, urlsOf(name, port, secrets)]),
      ) as Record<DatabaseName, DatabaseUrls>;
    },
    () => `on 127.0.0.1:${port}`,
  );
}

const urlsOf = (name: DatabaseName, port: number, { databases }: Secrets): DatabaseUrls => ({
  owner: postgresUrl(port, ownerOf(name), databases[name].owner, name),
  service: postgresUrl(port, serviceRoleOf(name), databases[name].service, name),
});
