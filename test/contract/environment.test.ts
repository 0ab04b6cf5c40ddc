import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  type ConfigError,
  type Environment,
  type EnvironmentReader,
  readEnvironment,
} from '#config';
import { readCredentialsConfig } from '../../apps/credentials/src/config.js';
import { readGatewayConfig } from '../../apps/gateway/src/config.js';
import { readTicketsConfig } from '../../apps/tickets/src/config.js';
import { right, type Service, services } from './environments.js';
import { faultyIdentity } from './environments-of-identity.js';
import { faulty } from './faulty-environments.js';

const readers: Readonly<Record<Service, (read: EnvironmentReader) => unknown>> = {
  tickets: readTicketsConfig,
  credentials: readCredentialsConfig,
  gateway: (read) => readGatewayConfig(read),
};
const faultsOf = (service: Service, environment: Environment): ConfigError['faults'] => {
  try {
    readEnvironment(environment, readers[service]);
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
};

describe('what a service is configured with in production', () => {
  it.each(services)('is accepted when it is right (%s)', (service) => {
    expect(faultsOf(service, right(service))).toEqual([]);
  });

  it.each(
    [...faulty, ...faultyIdentity].flatMap((fault) =>
      fault.services.map((service) => ({ service, ...fault })),
    ),
  )('stops $service with $what, and that alone is named', ({ service, change, variable }) => {
    const faults = faultsOf(service, { ...right(service), ...change });
    expect(
      new Set(
        faults.map((fault) => (fault.variable === 'TLS_CA_FILE' ? 'TLS_KEY_FILE' : fault.variable)),
      ),
    ).toEqual(new Set([variable]));
  });

  it('may use plain HTTP between hosts where that is said in so many words', () => {
    const plain = {
      AUTH_JWKS_URI: 'http://i.example',
      AUTH_TOKEN_URL: 'http://i.example',
      TICKETS_URL: 'http://t.example',
    };
    expect(
      faultsOf('credentials', { ...right('credentials'), ...plain }).map(
        ({ variable }) => variable,
      ),
    ).toEqual(Object.keys(plain));
    expect(
      faultsOf('credentials', { ...right('credentials'), ...plain, ALLOW_PLAIN_HTTP: 'true' }),
    ).toEqual([]);
  });
});

describe('every secret', () => {
  const secrets: [Service, string][] = [
    ['tickets', 'TICKETS_DATABASE_URL'],
    ['credentials', 'CREDENTIALS_DATABASE_URL'],
    ['credentials', 'AUTH_CLIENT_SECRET'],
    ['credentials', 'AUTH_CLIENT_KEY'],
    ['credentials', 'KEYRING_VAULT_TOKEN'],
    ...services.map((service): [Service, string] => [service, 'RABBITMQ_URL']),
  ];
  it.each(secrets)('of %s can stand in a file: %s', (service, variable) => {
    const vault = {
      KEYRING_DIR: undefined,
      KEYRING_VAULT_URL: 'https://vault.example',
      KEYRING_VAULT_TOKEN: 'of-the-vault',
      SIGNING_KEYS_DIR: '/k',
    };
    const key = {
      AUTH_CLIENT_METHOD: 'private_key_jwt',
      AUTH_CLIENT_KEY: '{"kty":"OKP","d":"of-the-client","alg":"EdDSA"}',
    };
    const said: NodeJS.ProcessEnv = {
      ...right(service),
      ...(variable === 'KEYRING_VAULT_TOKEN' && vault),
      ...(variable === 'AUTH_CLIENT_KEY' && key),
    };
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'secret');
    writeFileSync(file, `${said[variable] ?? ''}\n`);
    const inFile = { ...said, [variable]: undefined, [`${variable}_FILE`]: file };
    const flat = (environment: Environment) =>
      JSON.stringify(readEnvironment(environment, readers[service]), (_, value: unknown) =>
        typeof value === 'function' ? (value as () => unknown)() : value,
      );
    expect(flat(inFile)).toBe(flat(said));
    expect(flat(said)).toContain(variable === 'AUTH_CLIENT_KEY' ? 'of-the-client' : said[variable]);
  });
});
