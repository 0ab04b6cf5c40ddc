import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#postgres';
import * as credentials from '../../apps/credentials/src/persistence/schema.js';
import * as tickets from '../../apps/tickets/src/persistence/schema.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { ServiceProcess } from './service-process.js';

/**
 * Takes connections and says nothing: a neighbour that hangs is
 * worse than one that is away.
 */
let silence: Server;
const connections = new Set<Socket>();
const databases: TestDatabase[] = [];
let folder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
  mkdirSync(join(folder, 'ring'), { mode: 0o700 });
  silence = createServer((socket) => connections.add(socket.on('error', () => undefined)));
  silence.listen(0, '127.0.0.1');
  await once(silence, 'listening');
});
afterEach(() => {
  service.kill();
  for (const socket of connections) socket.destroy();
  connections.clear();
});
afterAll(async () => {
  silence.close();
  for (const database of databases) await database.drop();
  rmSync(folder, { recursive: true });
});

const silent = (protocol: string) =>
  `${protocol}://user:password@127.0.0.1:${(silence.address() as AddressInfo).port}/x`;

/** @param databaseUrl of whichever service it is; every other neighbour hangs */
function start(name: string, databaseUrl = silent('postgres')): void {
  service = ServiceProcess.start(name, {
    PORT: '0',
    AUTH_MODE: 'dev',
    AUTH_DEV_KEY_FILE: join(folder, 'dev.pem'),
    KEYRING_DIR: join(folder, 'ring'),
    SIGNING_KEYS_DIR: join(folder, 'signing'),
    TICKETS_DATABASE_URL: databaseUrl,
    CREDENTIALS_DATABASE_URL: databaseUrl,
    RABBITMQ_URL: silent('amqp'),
    TICKETS_URL: 'http://127.0.0.1:1',
    CREDENTIALS_URL: 'http://127.0.0.1:1',
  });
}

async function createDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  databases.push(database);
  return database;
}

describe.each(['tickets', 'credentials'])('SIGTERM while %s starts', (name) => {
  it('ends it although the database hangs', async () => {
    start(name);
    await waitFor(() => connections.size > 0);
    expect(await service.terminate()).toBe(0);
    expect(service.lines).toEqual(['stopping']);
  });

  it('ends it although the migrations have not run, which it says', async () => {
    start(name, (await createDatabase()).serviceUrl);
    await waitFor(() => service.lines.length > 0);
    expect(await service.terminate()).toBe(0);
    expect(service.lines).toEqual([
      expect.stringMatching(/: waiting for the database: migrations have not run: \w/),
      'stopping',
    ]);
  });
});

const schemas = { tickets, credentials, gateway: { migrations: [], grants: () => [] } };

describe.each(['tickets', 'credentials', 'gateway'] as const)('SIGTERM once %s listens', (name) => {
  it('ends it politely although every neighbour but the database hangs', async () => {
    const { ownerUrl: migrationUrl, serviceUrl } = await createDatabase();
    await migrate({ migrationUrl, serviceUrl, ...schemas[name] });
    start(name, serviceUrl);
    await waitFor(() => service.lines.includes('listening'));
    expect(await service.terminate()).toBe(0);
    // In between its jobs may say that they end, but none that it would not.
    expect(service.lines.filter((line) => line.includes('stop'))).toEqual(['stopping', 'stopped']);
    expect(service.lines.at(-1)).toBe('stopped');
  });
});
