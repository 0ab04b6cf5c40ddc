import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { postgresUrl } from '../../tools/stack/postgres/databases.js';
import { preparePostgres, superuser } from '../../tools/stack/postgres/cluster.js';
import { Ports } from '../../tools/stack/ports.js';
import { openPart, readFields, readKeyRecord, unwrap } from '../support/crypto-format.js';
import { waitFor } from '../support/wait-for.js';
import { type OwnStack } from './own-stack.js';

/** A row of `credential` as a thief has it. */
export interface StolenRow {
  readonly ticket_id: string;
  readonly id: string;
  readonly kek_id: string;
  readonly wrapped_key: string;
  readonly core: string;
  readonly note: string | null;
  readonly note_version: number;
}

const columns = 'to_json(c) AS row FROM credential c ORDER BY number, ticket_id';
export const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/^\\x/, ''), 'hex');

/** Every row of every table, written to a file: a dump. */
export async function dump({ database }: OwnStack, file: string): Promise<void> {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const lines: string[] = [];
  for (const { name } of tables)
    for (const { row } of (
      await database.query<{ row: object }>(`SELECT to_json(t) AS row FROM "${name}" t`)
    ).rows)
      lines.push(JSON.stringify({ table: name, row }));
  writeFileSync(file, lines.join('\n'));
}

export const lootOfDump = (file: string): StolenRow[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as { table: string; row: StolenRow })
    .flatMap(({ table, row }) => (table === 'credential' ? [row] : []));

/**
 * A base backup as the manual describes it, by hand: the files of the running server, its
 * write-ahead log, and the label.
 */
export async function takeBaseBackup({ database, data }: OwnStack, folder: string): Promise<void> {
  mkdirSync(folder, { mode: 0o711 });
  await database.query(`SELECT pg_backup_start('stolen', true)`);
  copy(data, join(folder, 'data'));
  const { rows } = await database.query<{ labelfile: string }>(
    'SELECT labelfile FROM pg_backup_stop(false)',
  );
  copy(`${data}/pg_wal/.`, join(folder, 'data', 'pg_wal'));
  rmSync(join(folder, 'data', 'postmaster.pid'), { force: true });
  const label = join(folder, 'data', 'backup_label');
  writeFileSync(label, rows[0]!.labelfile, { mode: 0o600 });
  const { uid, gid } = statSync(data);
  chownSync(label, uid, gid);
}

/**
 * The server works on: a file may be gone when its turn comes, and the write-ahead log
 * makes up for it. Any other failure is one.
 */
function copy(from: string, to: string): void {
  const { status, stderr, error } = spawnSync('cp', ['-a', from, to], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  const faults = stderr
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(': No such file or directory'));
  if (faults.length > 0 || (status !== 0 && stderr === '') || !existsSync(to))
    throw new Error(`cp ended with ${status}: ${stderr}`);
}

/** Starts a server on the stolen files, and reads what is in them. */
export async function lootOfBaseBackup(folder: string, password: string): Promise<StolenRow[]> {
  const port = await new Ports().findFree();
  const recipe = await preparePostgres({ folder, port, password, durable: false }, () =>
    Promise.reject(new Error('there is no data')),
  );
  const server = spawn(recipe.command, recipe.args, {
    cwd: recipe.cwd,
    env: recipe.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    const url = postgresUrl(port, superuser, password, 'credentials');
    return await waitFor(() => rowsOf(url), 60_000);
  } catch (error) {
    throw new Error(`the stolen server does not answer: ${said}`, { cause: error });
  } finally {
    server.kill('SIGINT');
    await ended;
  }
}

/** @returns undefined while the server starts */
async function rowsOf(url: string): Promise<StolenRow[] | undefined> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await lootOf(client);
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export const lootOf = async (client: pg.Client): Promise<StolenRow[]> =>
  (await client.query<{ row: StolenRow }>(`SELECT ${columns}`)).rows.map(({ row }) => row);

/** Tries every key of the ring on everything. @returns what opens */
export function attack(loot: readonly StolenRow[], ring: string): Record<string, string | null>[] {
  const kekIds = readdirSync(ring).flatMap((name) => /^(.*)\.kek$/.exec(name)?.[1] ?? []);
  const keys = kekIds.map((id) => ({
    id,
    key: readKeyRecord(id, readFileSync(join(ring, `${id}.kek`))),
  }));
  const opened = loot.flatMap((row) =>
    keys.map(({ id, key }) => tryOpen(row, key, row.kek_id) ?? tryOpen(row, key, id)),
  );
  return opened.filter((fields) => fields !== undefined);
}

function tryOpen(
  row: StolenRow,
  kek: Buffer,
  kekId: string,
): Record<string, string | null> | undefined {
  const context = [row.ticket_id, row.id];
  try {
    const dataKey = unwrap(kek, bytes(row.wrapped_key), [...context, kekId]);
    const core = readFields(
      openPart(dataKey, { context, part: 'core', version: 1 }, bytes(row.core)),
    );
    const note =
      row.note &&
      readFields(
        openPart(dataKey, { context, part: 'note', version: row.note_version }, bytes(row.note)),
      );
    return { ...core, ...(note || {}) };
  } catch {
    return undefined;
  }
}
