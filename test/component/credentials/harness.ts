import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role, type Standing } from '#contracts';
import { listen, stop } from '#http-server';
import { DevTokenIssuer, type IdentityConfig } from '#identity';
import { type CredentialsConfig } from '../../../apps/credentials/src/config.js';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { createCredentialsService } from '../../../apps/credentials/src/service.js';
import { type Answer, send } from '../../support/api.js';
import { testBrokerUrl } from '../../support/broker.js';
import { type TestDatabase, testVariable } from '../../support/database.js';
import { migratedDatabase } from '../../support/migrated-database.js';
import { FakeTickets } from './fake-tickets.js';

export const secret = {
  username: 'shop-admin',
  password: 'pässwörd 🔑 \u0000\ud800',
  link: 'https://shop.example/admin',
  additionalInformation: 'ask for Jo',
};

let tickets = 0;
/** A ticket that nobody has used yet, as `tickets` knows it. */
export function newTicket(
  { tickets: known }: CredentialsUnderTest,
  change: Partial<Standing> = {},
): { ticketId: string; path: string } {
  tickets += 1;
  const ticketId = `T-${process.pid}-${tickets}`;
  known.set(ticketId, change);
  return { ticketId, path: `/v1/tickets/${ticketId}/credentials` };
}

export interface CredentialsUnderTest {
  readonly tickets: FakeTickets;
  readonly database: TestDatabase;
  readonly url: string;
  readonly keyringDir: string;
  call(
    actor: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Stops the process alone; what it worked with stays. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The real service in this process, on a real socket, with a database, a key ring
 * and a neighbour of its own.
 */
export async function startCredentials(
  overrides: Partial<CredentialsConfig> = {},
): Promise<CredentialsUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  const database = await migratedDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'), {
    migrations,
    grants,
  });
  const replica = await startReplica({ folder, database, tickets: new FakeTickets() }, overrides);
  return {
    ...replica,
    stop: async () => {
      await replica.halt();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One more replica of a service under test; to be stopped before it. */
export const replicaOf = (
  {
    keyringDir: folder,
    database,
    tickets,
  }: Pick<CredentialsUnderTest, 'keyringDir' | 'database' | 'tickets'>,
  overrides: Partial<CredentialsConfig> = {},
) => startReplica({ folder, database, tickets }, overrides);

async function startReplica(
  { folder, database, tickets }: { folder: string; database: TestDatabase; tickets: FakeTickets },
  overrides: Partial<CredentialsConfig>,
): Promise<CredentialsUnderTest> {
  const identity: IdentityConfig = {
    mode: 'dev',
    issuer: 'test',
    audience: 'test',
    rolesClaim: 'roles',
    rolesMap: {},
    clockTolerance: 30,
    keyFile: join(folder, 'dev-key.pem'),
  };
  const service = await createCredentialsService(
    { ...standardConfig(folder, database, identity), ...overrides },
    tickets,
  );
  const url = await listen(service, { host: '127.0.0.1', port: 0 });
  const issuer = new DevTokenIssuer(identity);
  let halting: Promise<void> | undefined;
  const halt = () => (halting ??= stop(service));
  return {
    tickets,
    database,
    url,
    keyringDir: folder,
    call: async (actor, method, path, body, headers) => {
      const token = await issuer.issue(actor, rolesOf(actor), `Name of ${actor}`);
      const authorization = `Bearer ${token}`;
      return send(url, { method, path, body, headers: { authorization, ...headers } });
    },
    halt,
    stop: halt,
  };
}

/** `customer-1` is a customer, `customer+agent-1` both. */
const rolesOf = (actor: string): Role[] => actor.split('-')[0]?.split('+') as Role[];

export function standardConfig(
  folder: string,
  database: TestDatabase,
  identity: IdentityConfig,
): CredentialsConfig {
  return {
    server: { host: '127.0.0.1', port: 0, logLevel: 'silent', tls: undefined, metrics: 'beside' },
    identity,
    databaseUrl: database.serviceUrl,
    rabbitmqUrl: testBrokerUrl(),
    tickets: { name: 'tickets', urls: [], tls: undefined },
    keyRing: { directory: folder },
    signingKeysDir: join(folder, 'signing'),
    keyEpochHours: 24,
    checkpoints: { seconds: 86_400, file: undefined },
    agentAccess: 'assigned',
    revealReason: 'optional',
    revealAuthMaxAge: 0,
    standingLeaseSeconds: 5,
    reconcileSeconds: 3600,
    changesSeconds: 1,
    credentialTtlSeconds: 86_400,
    limits: { reveals: 0, submits: 0 },
    massRevealTickets: 50,
  };
}

/**
 * A value of the service's metrics; 0 where it is not shown.
 * @param series such as `standing_faults_total{fault="unknown"`
 */
export async function metric({ url }: CredentialsUnderTest, series: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(series)) ?? '';
  return Number(line.split(' ').at(-1) ?? 0);
}

/** How many credentials of the ticket are stored. */
export const stored = async (
  { database }: CredentialsUnderTest,
  ticketId: string,
): Promise<number> =>
  (await database.query('SELECT 1 FROM credential WHERE ticket_id = $1', [ticketId])).length;
