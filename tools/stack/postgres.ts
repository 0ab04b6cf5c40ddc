import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Recipe } from './managed-process.js';
import { findPostgres } from './postgres-binaries.js';
import { type Account, findAccount, giveTo } from './unprivileged.js';

const run = promisify(execFile);

export const superuser = 'operator';

export interface PostgresOptions {
  /** Everything the server keeps; made when missing. */
  readonly folder: string;
  readonly port: number;
  /** Of the role `operator`; a data folder that exists keeps the one it was made with. */
  readonly password: string;
  /** False forgets everything at a power failure, and is faster: for tests. */
  readonly durable: boolean;
}

/** Only what the programs need: the user's own PG… variables would send them elsewhere. */
const environment = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

/** Makes the data folder when there is none, and says how to run the server on it: on 127.0.0.1 only, without a Unix socket. */
export async function preparePostgres(options: PostgresOptions): Promise<Recipe> {
  const { folder, port, durable } = options;
  const [{ initdb, postgres }, account] = [findPostgres(), findAccount()];
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(account, folder);
  if (!existsSync(data)) await initialise([...(account?.prefix ?? []), initdb], data, options, account);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '300', log_timezone: 'UTC' };
  const fast = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const flags = Object.entries({ ...settings, ...fast }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command = postgres, ...args] = [...(account?.prefix ?? []), postgres, '-D', data, '-p', String(port), ...flags];
  // SIGINT is PostgreSQL's "fast" shutdown: it ends the sessions instead of waiting for them.
  return { name: 'postgres', command, args, env: environment, cwd: folder, stopSignal: 'SIGINT' };
}

/** Into a draft first, so that an interrupted initdb is never taken for a database. */
async function initialise(initdb: readonly string[], data: string, options: PostgresOptions, account: Account | undefined): Promise<void> {
  const { folder, password, durable } = options;
  const [draft, passwordFile] = [`${data}.new`, join(folder, 'password')];
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(account, passwordFile);
  const where = ['-D', draft, `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])];
  const kind = ['-U', superuser, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-instructions'];
  const [command = '', ...args] = [...initdb, ...where, ...kind];
  try {
    await run(command, args, { env: environment, cwd: folder });
  } catch (error) {
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr?.trim() ?? String(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}
