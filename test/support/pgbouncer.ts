import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { aptRecipe } from '../../tools/stack/apt.js';
import { findProgram } from '../../tools/stack/find-program.js';
import { Ports } from '../../tools/stack/ports.js';
import { findAccount } from '../../tools/stack/postgres/account.js';
import { waitFor } from './wait-for.js';

/**
 * A PgBouncer in transaction mode, and otherwise with its
 * defaults, before one PostgreSQL.
 */
export interface Pooler {
  /** The same database and role, through the pooler. */
  through(url: string): string;
  /** From now on it uses new connections to PostgreSQL. */
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** In ms. It may have to be installed first. */
export const pgbouncerTimeoutMs = 300_000;

/** @param urls of the roles that may come through it, all of one server */
export async function startPgbouncer(urls: readonly string[]): Promise<Pooler> {
  const program = obtain();
  const [folder, ports] = [mkdtempSync(join(tmpdir(), 'pgbouncer-')), new Ports()];
  const port = await ports.findFree();
  const file = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  const roles = urls.map((url) => new URL(url));
  const users = file('users.txt', [
    ...roles.map(({ username, password }) => `"${username}" "${password}"`),
    '"operator" "operator"',
  ]);
  const { hostname, port: serverPort } = roles[0] as URL;
  const settings = file('pgbouncer.ini', [
    ...['[databases]', `* = host=${hostname} port=${serverPort}`],
    ...['[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...[
      'pool_mode = transaction',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      'admin_users = operator',
    ],
  ]);
  const account = findAccount(join(folder, 'data'), { folder, program });
  const [command = program, ...args]: string[] = [
    ...(account?.prefix ?? []),
    program,
    '-q',
    settings,
  ];
  const child = spawn(command, args, { stdio: 'ignore', cwd: folder });
  const ended = once(child, 'exit');
  const admin = `postgres://operator:operator@127.0.0.1:${port}/pgbouncer`;
  await waitFor(() => ask(admin, 'SHOW VERSION').catch(() => false));
  return {
    through: (url) => Object.assign(new URL(url), { port: String(port) }).href,
    reconnect: async () => {
      await ask(admin, 'RECONNECT');
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      ports.release();
      rmSync(folder, { recursive: true });
    },
  };
}

async function ask(url: string, statement: string): Promise<true> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
    return true;
  } finally {
    await client.end();
  }
}

/**
 * @throws if it is missing and cannot be installed: a test without its server must not
 *   pass
 */
function obtain(): string {
  const find = (): string | undefined =>
    findProgram('pgbouncer', process.env['PATH'], ['/usr/sbin']);
  const aptGet =
    process.getuid?.() === 0 && process.env['STACK_NO_INSTALL'] !== '1'
      ? findProgram('apt-get', process.env['PATH'])
      : undefined;
  if (find() === undefined && aptGet !== undefined) {
    const { command, args, env } = aptRecipe(aptGet, process.env, {
      name: 'pgbouncer',
      units: ['pgbouncer.service'],
    });
    spawnSync(command, args, { env, stdio: ['ignore', 2, 2] });
  }
  const found = find();
  if (found !== undefined) return found;
  throw new Error(
    'There is no PgBouncer: install it, so that pgbouncer is on the PATH, or run this as root ' +
      'on Debian, without STACK_NO_INSTALL=1',
  );
}
