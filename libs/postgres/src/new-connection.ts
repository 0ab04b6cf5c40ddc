import { type ClientBase } from 'pg';
import { PreparedStatements } from './prepared-statements.js';
import {
  keptByPoolers,
  readingSettings,
  type SessionSettings,
  timeLimits,
} from './session-settings.js';

/**
 * A connection that must not be used. Its code, SQLSTATE 08004, says that it was
 * rejected, so that it counts as an outage.
 */
class UnfitConnectionError extends Error {
  override readonly name = 'UnfitConnectionError';
  readonly code = '08004';
}

interface Setting {
  readonly name: string;
  readonly setting: string;
}

/**
 * All that is asked of a new connection before anything else uses it: that what we depend
 * on is set. It is set here, by statements: a pooler refuses startup parameters, and
 * `options` in the URL replace those of the driver as a whole.
 * @param statementTimeout milliseconds; 0 is no limit, but behind a pooler
 *   the role's limits hold then
 * @throws UnfitConnectionError where a pooler has the server's settings in its
 *   hands, and they are others
 */
export async function prepareConnection(
  client: ClientBase,
  statementTimeout: number,
): Promise<void> {
  // Whoever waits for an answer is told. The pool listens only while nobody uses it.
  client.on('error', () => undefined);
  const wanted = { ...readingSettings, ...timeLimits(statementTimeout) };
  const { pid, different } = await compare(client, wanted);
  const isPooled = pid !== (client as { processID?: number }).processID;
  if (!isPooled) PreparedStatements.begin(client);
  const settable = isPooled ? requireOfPooler(different, wanted, statementTimeout) : different;
  if (settable.length > 0) await set(client, settable, wanted);
}

async function compare(
  client: ClientBase,
  wanted: SessionSettings,
): Promise<{ pid: number | undefined; different: Setting[] }> {
  const { rows } = await client.query<Setting & { pid: number }>(
    `SELECT name, setting, pg_backend_pid() AS pid
     FROM pg_settings
     WHERE name = ANY($1)`,
    [Object.keys(wanted)],
  );
  return {
    pid: rows[0]?.pid,
    different: rows.filter(({ name, setting }) => setting !== wanted[name]),
  };
}

/**
 * What we set for a session, a pooler would lose with the next
 * transaction, and give to others.
 * @returns the settings for which that is not so
 */
function requireOfPooler(
  different: readonly Setting[],
  wanted: SessionSettings,
  statementTimeout: number,
): readonly Setting[] {
  const isDemanded = ({ name }: Setting): boolean =>
    statementTimeout > 0 || name in readingSettings;
  const isKept = ({ name }: Setting): boolean => keptByPoolers.includes(name);
  const lacking = different.filter((setting) => isDemanded(setting) && !isKept(setting));
  if (lacking.length === 0) return different.filter(isKept);
  const list = lacking
    .map(({ name, setting }) => `${name} is ${setting}, not ${wanted[name] ?? ''}`)
    .join('; ');
  throw new UnfitConnectionError(
    `behind a pooler, ${list}. The migration sets this for the service's role; ` +
      'for another, use ALTER ROLE … SET. ' +
      'The pooler must then renew its connections (PgBouncer: RECONNECT)',
  );
}

async function set(
  client: ClientBase,
  settings: readonly Setting[],
  wanted: SessionSettings,
): Promise<void> {
  const names = settings.map(({ name }) => name);
  const statement = `SELECT set_config(name, value, false)
    FROM unnest($1::text[], $2::text[]) AS wanted (name, value)`;
  await client.query(statement, [names, names.map((name) => wanted[name])]);
}
