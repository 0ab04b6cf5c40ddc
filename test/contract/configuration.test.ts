import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Environment, EnvironmentReader } from '#config';
import { readCredentialsConfig } from '../../apps/credentials/src/config.js';
import { readGatewayConfig } from '../../apps/gateway/src/config.js';
import { readTicketsConfig } from '../../apps/tickets/src/config.js';

const page = readFileSync('docs/configuration.md', 'utf8');
const rows = page.split('\n').filter((line) => /^\| `[A-Z]/.test(line));
const named = (text: string) =>
  [...text.matchAll(/`([A-Z][A-Z0-9_]*)(?:=\w+)?`/g)].map(([, name = '']) => name);
/** What the tables of docs/configuration.md name, and say of it. */
const documented = new Set(rows.flatMap(named));
const saidOf = (name: string) => rows.filter((row) => named(row).includes(name)).join();

/** Every source that runs in production, as one text. */
const sources = ['apps', 'libs', 'tools']
  .flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' }).map((file) => `${top}/${file}`),
  )
  .filter(
    (file) =>
      /\.(ts|mjs)$/.test(file) && !file.endsWith('.test.ts') && !file.startsWith('apps/web/'),
  )
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

type Read = (read: EnvironmentReader) => unknown;
const services: readonly Read[] = [
  readTicketsConfig,
  readCredentialsConfig,
  (read) => readGatewayConfig(read),
];
/** Environments that lead down every path of the readers. */
const environments: readonly Environment[] = [
  {},
  { AUTH_MODE: 'dev' },
  { METRICS_PORT: '1' },
  { AUTH_JWKS_URI: 'http://issuer.example' },
  { AUTH_CLIENT_METHOD: 'private_key_jwt' },
  { KEYRING_VAULT_URL: 'https://vault.example' },
];

const read = new Set<string>();
const defaults = new Map<string, Set<string>>();

/**
 * A reader that notes what is asked of the environment, and what
 * holds where that is silent.
 */
function noting(environment: Environment): EnvironmentReader {
  const reader = new EnvironmentReader(
    new Proxy(environment, {
      get: (target, name: string) => {
        read.add(name);
        return target[name];
      },
    }),
  );
  return new Proxy(reader, {
    get: (target, method) => {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (name: string, ...rest: unknown[]): unknown => {
        const { default: standard } = Object(rest.at(-1)) as { default?: unknown };
        if (
          typeof standard === 'string' ||
          typeof standard === 'number' ||
          typeof standard === 'boolean'
        )
          defaults.set(name, (defaults.get(name) ?? new Set()).add(String(standard)));
        return Reflect.apply(value, target, [name, ...rest]) as unknown;
      };
    },
  });
}
for (const service of services)
  for (const environment of environments) service(noting(environment));

/**
 * Those that nobody passes to a reader by this name, since they are read before there is
 * one, or by what is not a service.
 */
const spelled = [
  ...sources.matchAll(
    /(?:read\.\w+\(|process\.env\.|readInteger\(env, |env\[)'?([A-Z][A-Z0-9_]+)/g,
  ),
].map(([, name = '']) => name);
/** Of the machine, not of ours. */
const foreign = ['HOME', 'INIT_CWD', 'NODE_OPTIONS', 'NO_COLOR', 'PATH', 'TERM'];
/** The mutation check tells it to the tests that it runs; nobody sets it. */
const internal = ['TESTS_BEGUN'];

/** `NAME_FILE` is how every secret can be given, which is said once. */
const isFileOfSecret = (name: string) =>
  name.endsWith('_FILE') && read.has(name.replace(/_FILE$/, ''));

describe('docs/configuration.md', () => {
  it('names every variable that is read', () => {
    const wanted = [...read, ...spelled].filter(
      (name) =>
        !isFileOfSecret(name) &&
        ![...foreign, ...internal].includes(name) &&
        !name.startsWith('OTEL_'),
    );
    expect(wanted.length).toBeGreaterThan(40);
    expect([...new Set(wanted)].filter((name) => !documented.has(name)).sort()).toEqual([]);
  });

  it('names none that nobody reads', () => {
    expect([...documented].filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual(
      [],
    );
  });

  it('gives the defaults that the code has', () => {
    expect(defaults.size).toBeGreaterThan(15);
    const wrong = [...defaults].flatMap(([name, values]) =>
      [...values]
        .filter((value) => value !== '' && !saidOf(name).includes(value))
        .map((value) => `${name}: ${value}`),
    );
    expect(wrong).toEqual([]);
  });
});
