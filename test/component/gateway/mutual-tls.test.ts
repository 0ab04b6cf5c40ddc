import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { readEnvironment } from '#config';
import { type HttpService, listen, stop } from '#http-server';
import { type DevConfig, DevTokenIssuer, readIdentityConfig } from '#identity';
import { readGatewayConfig } from '../../../apps/gateway/src/config.js';
import { createGatewayService } from '../../../apps/gateway/src/service.js';
import { readTicketsConfig } from '../../../apps/tickets/src/config.js';
import { grants, migrations } from '../../../apps/tickets/src/persistence/schema.js';
import { createTicketsService } from '../../../apps/tickets/src/service.js';
import { testBrokerUrl } from '../../support/broker.js';
import { type TestDatabase, testVariable } from '../../support/database.js';
import { migratedDatabase } from '../../support/migrated-database.js';
import { type Certificate, certificate } from '../upstream/certificates.fixture.js';

const ours = certificate('our authority');
const certificates = {
  good: certificate('a service', ours),
  expired: certificate('a service', ours, { from: -2, to: -1 }),
  'not valid yet': certificate('a service', ours, { from: 1, to: 2 }),
  'of another authority': certificate('a service', certificate('their authority')),
};
type Kind = keyof typeof certificates;

const folder = mkdtempSync(join(tmpdir(), 'mutual-tls-'));
const keyFile = join(folder, 'dev.pem');
const identity = readEnvironment({ AUTH_MODE: 'dev', AUTH_DEV_KEY_FILE: keyFile }, (read) =>
  readIdentityConfig(read, 'none'),
) as DevConfig;
const running: HttpService[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await migratedDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'), {
    migrations,
    grants,
  });
});
afterAll(async () => {
  for (const service of running.reverse()) await stop(service);
  await database.drop();
  rmSync(folder, { recursive: true });
});

function fileOf(name: string, content: Buffer): string {
  const file = join(folder, name.replaceAll(' ', '-'));
  writeFileSync(file, content);
  return file;
}

/** What the services are configured with, by files as in production. */
const environment = (kind: Kind) => ({
  TLS_CERT_FILE: fileOf(`${kind}.crt`, certificates[kind].cert),
  TLS_KEY_FILE: fileOf(`${kind}.key`, certificates[kind].key),
  TLS_CA_FILE: fileOf('authority.crt', ours.cert),
  AUTH_MODE: 'dev',
  AUTH_DEV_KEY_FILE: keyFile,
  RABBITMQ_URL: testBrokerUrl(),
  LOG_LEVEL: 'silent',
});

async function serve(service: HttpService): Promise<string> {
  running.push(service);
  return listen(service, { host: '127.0.0.1', port: 0 });
}

const tickets = async (kind: Kind): Promise<string> =>
  serve(
    await createTicketsService(
      readEnvironment(
        { ...environment(kind), TICKETS_DATABASE_URL: database.serviceUrl },
        readTicketsConfig,
      ),
    ),
  );

async function gateway(kind: Kind, ticketsUrl: string): Promise<string> {
  const urls = { TICKETS_URL: ticketsUrl, CREDENTIALS_URL: ticketsUrl };
  return serve(
    await createGatewayService(
      readEnvironment({ ...environment(kind), ...urls }, readGatewayConfig),
      join(folder, 'no-page'),
    ),
  );
}

/**
 * As a proxy in front of the gateway asks, which has a certificate of ours
 * and believes whoever answers.
 */
async function ask(url: string, { cert, key }: Certificate = certificates.good) {
  const token = await new DevTokenIssuer(identity).issue('agent-1', ['agent']);
  const dispatcher = new Agent({ connect: { cert, key, rejectUnauthorized: false } });
  try {
    const answer = await request(`${url}/v1/tickets`, {
      dispatcher,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.statusCode, body: (await answer.body.json()) as { code?: string } };
  } finally {
    await dispatcher.close();
  }
}

const bad = ['expired', 'not valid yet', 'of another authority'] as const;

describe('the gateway and tickets, each with a certificate of ours,', () => {
  let trusted: string;
  beforeAll(async () => {
    trusted = await tickets('good');
  });

  it('speak to each other', async () => {
    expect(trusted).toMatch(/^https:/);
    expect(await ask(await gateway('good', trusted))).toMatchObject({ status: 200 });
  });

  it.each(bad)('do not when that of the gateway is %s: tickets lets nobody in', async (kind) => {
    expect(await ask(await gateway(kind, trusted))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
  });

  it.each(bad)(
    'do not when that of tickets is %s: the gateway tells nobody a token',
    async (kind) => {
      expect(await ask(await gateway('good', await tickets(kind)))).toMatchObject({
        status: 503,
        body: { code: 'unavailable' },
      });
    },
  );

  it.each(bad)('answer nobody directly whose certificate is %s', async (kind) => {
    await expect(ask(trusted, certificates[kind])).rejects.toMatchObject({
      code: expect.stringMatching(/SSL|TLS|ECONNRESET|UND_ERR_SOCKET/),
    });
    expect(await ask(trusted)).toMatchObject({ status: 200 });
  });
});
