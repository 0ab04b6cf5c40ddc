import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { stackPaths } from '../../tools/stack/paths.js';
import { Ports } from '../../tools/stack/ports.js';
import { ProcessJournal } from '../../tools/stack/processes/process-journal.js';
import { preparePostgres, superuser } from '../../tools/stack/postgres/cluster.js';
import { postgresUrl, waitForPostgres } from '../../tools/stack/postgres/databases.js';
import { makeTestFolder, removeTestFolder } from '../../tools/stack/test-folder.js';
import { runTask, type VictimContext, Victim } from '../chaos/harness/victim.js';
import { waitFor } from './wait-for.js';

/**
 * A primary and a standby that follows it by streaming replication: real servers of the
 * test's own.
 */
export interface PostgresPair {
  /** URLs of the superuser. */
  readonly primary: string;
  readonly standby: string;
  /** The same database and role at the standby. */
  atStandby(url: string): string;
  /** The standby goes on receiving, and applies nothing until it is promoted. */
  pauseReplay(): Promise<void>;
  /** Waits until the standby shows what the primary has now. */
  waitForReplay(): Promise<void>;
  promote(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPair(): Promise<PostgresPair> {
  const folder = makeTestFolder();
  const [paths, ports, password] = [
    stackPaths(folder),
    new Ports(),
    randomBytes(12).toString('hex'),
  ];
  const around = { logs: paths.logs, journal: new ProcessJournal(paths.journal) };
  const [port, standbyPort] = [await ports.findFree(), await ports.findFree()];
  const [primary, standby] = [
    postgresUrl(port, superuser, password, 'postgres'),
    postgresUrl(standbyPort, superuser, password, 'postgres'),
  ];
  const first = await prepare('primary', { folder, port, password }, around);
  // A copy of a data folder that was never started serves as a base backup.
  const [original, copy] = [join(folder, 'primary'), join(folder, 'standby')];
  execFileSync('cp', ['-a', original, copy]);
  appendFileSync(join(copy, 'data/standby.signal'), '');
  const settings = [
    `primary_conninfo = 'host=127.0.0.1 port=${port} user=${superuser} password=${password}'`,
  ];
  execFileSync('chown', [
    `--reference=${join(copy, 'data/PG_VERSION')}`,
    join(copy, 'data/standby.signal'),
  ]);
  appendFileSync(join(copy, 'data/postgresql.auto.conf'), `${settings.join('\n')}\n`);
  const second = await prepare('standby', { folder, port: standbyPort, password }, around);
  await first.start();
  await second.start();
  const at = (url: string, statement: string): Promise<unknown> => queryValue(url, statement);
  return {
    primary,
    standby,
    atStandby: (url) => Object.assign(new URL(url), { port: String(standbyPort) }).href,
    pauseReplay: async () => {
      await at(standby, 'SELECT pg_wal_replay_pause()');
    },
    waitForReplay: async () => {
      const here = await at(primary, 'SELECT pg_current_wal_insert_lsn()::text');
      await waitFor(() =>
        at(standby, `SELECT pg_last_wal_replay_lsn() >= '${String(here)}'::pg_lsn`),
      );
    },
    promote: async () => {
      await at(standby, 'SELECT pg_promote()');
    },
    stop: async () => {
      await Promise.all([first.stop(), second.stop()]);
      ports.release();
      await removeTestFolder(folder);
    },
  };
}

async function prepare(
  name: string,
  { folder, port, password }: { folder: string; port: number; password: string },
  around: VictimContext,
): Promise<Victim> {
  const cluster = { folder: join(folder, name), port, password, durable: false };
  const recipe = await preparePostgres(cluster, (task) =>
    runTask({ ...task, name: `${task.name}-${name}` }, around),
  );
  const url = postgresUrl(port, superuser, password, 'postgres');
  return new Victim({ ...recipe, name }, (check) => waitForPostgres(url, check), around);
}

/** @returns the single value of the result */
async function queryValue(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
