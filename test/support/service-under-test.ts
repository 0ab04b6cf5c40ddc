import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role } from '#contracts';
import { type HttpService, listen, stop } from '#http-server';
import { type DevConfig, DevTokenIssuer } from '#identity';
import { Client } from './client.js';
import { type TestDatabase, testVariable } from './database.js';
import { migratedDatabase } from './migrated-database.js';

/** What a service under test works with, and what stays when its process stops. */
export interface Resources {
  readonly database: TestDatabase;
  /** For its keys. */
  readonly folder: string;
}

/** The real service in this process, over real HTTP. */
export interface ServiceUnderTest extends Resources {
  readonly service: HttpService;
  readonly url: string;
  /** A client with a token of this person. */
  as(sub: string, roles: readonly Role[], name?: string): Promise<Client>;
  readonly anonymous: Client;
  /** Stops the process; its resources stay. */
  halt(): Promise<void>;
  /** Stops the process, and removes the resources that were made for it. */
  stop(): Promise<void>;
}

export async function makeResources(
  name: 'tickets' | 'credentials',
  schema: Parameters<typeof migratedDatabase>[1],
): Promise<Resources> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const adminUrl = testVariable(`TEST_${name.toUpperCase()}_MIGRATION_DATABASE_URL`);
  return { folder, database: await migratedDatabase(adminUrl, schema) };
}

export async function removeResources({ folder, database }: Resources): Promise<void> {
  await database.drop();
  rmSync(folder, { recursive: true });
}

export const testServer = {
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  tls: undefined,
  metrics: 'beside',
} as const;

/** @param clockTolerance in seconds */
export const testIdentity = ({ folder }: Resources, clockTolerance: number): DevConfig => ({
  mode: 'dev',
  issuer: 'test',
  audience: 'test',
  rolesClaim: 'roles',
  rolesMap: {},
  clockTolerance,
  keyFile: join(folder, 'dev-key.pem'),
});

/** One replica on these resources, which its `stop` leaves. */
export async function startReplica(
  resources: Resources,
  identity: DevConfig,
  service: HttpService,
): Promise<ServiceUnderTest> {
  const url = await listen(service, testServer);
  const issuer = new DevTokenIssuer(identity);
  let halting: Promise<void> | undefined;
  const halt = () => (halting ??= stop(service));
  return {
    ...resources,
    service,
    url,
    as: async (sub, roles, name) => new Client(url, await issuer.issue(sub, roles, name)),
    anonymous: new Client(url, undefined),
    halt,
    stop: halt,
  };
}
