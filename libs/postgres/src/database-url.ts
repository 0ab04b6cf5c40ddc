import { type TlsOptions } from 'node:tls';
import { parse } from 'pg-connection-string';
import { type EnvironmentReader } from '#config';
import { requireKnownParameters, faultOfWord } from './url-parameters.js';

/** Where a database is, and who we are there: all that the driver takes from a URL. */
interface DatabaseAddress {
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  /**
   * Undefined where the URL does not say: then `PGSSLMODE` decides, and without
   * it there is no encryption.
   */
  readonly ssl: boolean | TlsOptions | undefined;
  readonly sslnegotiation: string | undefined;
  readonly applicationName: string | undefined;
  /** Passed on to the server as they are. Ours are set after them. */
  readonly options: string | undefined;
}

/**
 * The message goes on where the name of the variable ends. It holds no part of the URL
 * but the names and words of parameters.
 */
class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/**
 * Of one database, so also from `<variable>_FILE`. Refused where the driver would go by
 * another meaning than the URL has.
 */
export function readDatabaseUrl(read: EnvironmentReader, variable: string): string {
  const url = read.secret(variable);
  if (url === '') return url;
  try {
    if (parseDatabaseUrl(url).ssl === undefined) requireStandardMode(read);
    return url;
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error;
    return read.fault(variable, error.message, '');
  }
}

/** The driver would take a misspelt word for none, and send everything in plain text. */
function requireStandardMode(read: EnvironmentReader): void {
  const fault = faultOfWord('sslmode', read.text('PGSSLMODE', { default: 'disable' }));
  if (fault !== undefined) read.fault('PGSSLMODE', `is ${fault}`, undefined);
}

/**
 * @throws DatabaseUrlError where something in the URL would be ignored, or be
 *   taken for something else
 */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const [place = '', query = ''] = [/^[^?]*/.exec(url)?.[0], /\?(.*)$/s.exec(url)?.[1]];
  requireOneHost(place);
  const parameters = new URLSearchParams(query);
  requireKnownParameters(query, parameters, refuse);
  return addressOf(place, parameters);
}

function refuse(fault: string): never {
  throw new DatabaseUrlError(fault);
}

const oneHost =
  'names several hosts: give the one address that leads to the primary, of a proxy or by DNS ' +
  '(docs/operations.md, Database)';

function requireOneHost(place: string): void {
  if (place.startsWith('socket:'))
    refuse('is of a Unix socket: write it as postgres://user:password@/database?host=/directory');
  if (!/^postgres(ql)?:\/\//.test(place))
    refuse('must be a URL that begins with postgres: or postgresql:');
  const authority = place.split('/')[2] ?? '';
  if (authority.slice(authority.lastIndexOf('@') + 1).includes(',')) refuse(oneHost);
}

function addressOf(place: string, parameters: URLSearchParams): DatabaseAddress {
  if (parameters.get('host')?.includes(',') === true) refuse(oneHost);
  const {
    host,
    port,
    user,
    password,
    database,
    ssl,
    sslnegotiation,
    options,
    application_name: applicationName,
  } = parsed(place, parameters);
  const given = (value: string | null | undefined) =>
    value === null || value === '' ? undefined : value;
  return {
    host: given(host),
    port: given(port) === undefined ? undefined : Number(port),
    user: given(user),
    password: given(password),
    database: given(database),
    ssl: ssl as boolean | TlsOptions | undefined,
    sslnegotiation,
    applicationName,
    options,
  };
}

function parsed(place: string, parameters: URLSearchParams): ReturnType<typeof parse> {
  try {
    return parse(`${place}?${parameters.toString()}`);
  } catch (error) {
    const isFile = (error as NodeJS.ErrnoException).syscall !== undefined;
    return refuse(
      isFile
        ? 'names a certificate file that cannot be read'
        : 'must be a URL; what is special in it must be percent-encoded',
    );
  }
}
