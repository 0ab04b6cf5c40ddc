import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recipe } from '../processes/managed-process.js';
import { findAccount } from './account.js';
import { findPostgres } from './binaries.js';
import { removeStaleLock } from './stale-lock.js';

export const superuser = 'operator';

interface PostgresOptions {
  /** Everything the server keeps; made when missing. */
  readonly folder: string;
  readonly port: number;
  /** Of the role `operator`. An existing data folder keeps its first password. */
  readonly password: string;
  /** False is faster, and loses everything at a power failure: for tests. */
  readonly durable: boolean;
}

/**
 * Only what the programs need: the user's own PG… variables would send them elsewhere.
 */
const environment = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  log_timezone: 'UTC',
};
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Makes the data folder when there is none, and says how to run the server on it: on
 * 127.0.0.1 only, without a Unix socket, whose path could be too long.
 * @param run runs initdb
 */
export async function preparePostgres(
  options: PostgresOptions,
  run: (recipe: Recipe) => Promise<void>,
): Promise<Recipe> {
  const { folder, port, durable } = options;
  const [{ initdb, postgres }, data] = [findPostgres(), join(folder, 'data')];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const account = findAccount(data, { folder, program: postgres });
  const recipe = (name: string, program: string, args: readonly string[]): Recipe => {
    const [command = program, ...rest] = [...(account?.prefix ?? []), program, ...args];
    return { name, command, args: rest, env: environment, cwd: folder };
  };
  if (!existsSync(data)) {
    const [draft, passwordFile] = [`${data}.new`, join(folder, 'password')];
    // Into a draft first, so that an interrupted initdb is never taken for a database.
    rmSync(draft, { recursive: true, force: true });
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
    await run(recipe('initdb', initdb, initdbArguments(draft, passwordFile, durable))).finally(
      () => {
        rmSync(passwordFile, { force: true });
      },
    );
    renameSync(draft, data);
  }
  const flags = Object.entries({ ...settings, ...(durable ? {} : careless) }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const server = recipe('postgres', postgres, ['-D', data, '-p', String(port), ...flags]);
  // SIGINT is PostgreSQL's "fast" shutdown: it ends the sessions
  // instead of waiting for them.
  return {
    ...server,
    stopSignal: 'SIGINT',
    timeoutMs: 20_000,
    beforeStart: removeStaleLock.bind(undefined, data),
  };
}

const initdbArguments = (data: string, passwordFile: string, durable: boolean): string[] =>
  [
    ['-D', data, '-U', superuser, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    // The collation that PostgreSQL brings itself is the same on every system.
    ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ['--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ].flat();
