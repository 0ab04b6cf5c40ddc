import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Role, type Standing } from '#contracts';
import { type IdentityConfig } from '#identity';
import { type CredentialsConfig } from '../../../apps/credentials/src/config.js';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { createCredentialsService } from '../../../apps/credentials/src/service.js';
import { type Answer } from '../../support/api.js';
import { testBrokerUrl } from '../../support/broker.js';
import {
  makeResources,
  removeResources,
  type Resources,
  type ServiceUnderTest,
  startReplica,
  testIdentity,
  testServer,
} from '../../support/service-under-test.js';
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

export interface SharedTicket {
  readonly ticketId: string;
  readonly path: string;
  readonly ids: readonly string[];
  /** Of the first credential. */
  readonly id: string;
  /** Its path. */
  readonly one: string;
}

/** A ticket under which customer-1 has shared credentials. */
export async function sharedTicket(
  service: CredentialsUnderTest,
  { count = 1, ...change }: Partial<Standing> & { count?: number } = {},
): Promise<SharedTicket> {
  const ticket = newTicket(service, change);
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { status, body } = await service.call('customer-1', 'POST', ticket.path, secret);
    expect(status).toBe(201);
    ids.push(body.id as string);
  }
  const [id] = ids as [string];
  return { ...ticket, ids, id, one: `${ticket.path}/${id}` };
}

export interface CredentialsUnderTest extends ServiceUnderTest {
  readonly tickets: FakeTickets;
  /** Its folder. */
  readonly keyringDir: string;
  /** Calls as an actor whose id begins with their roles. */
  call(
    actor: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

/** In seconds. */
const clockTolerance = 30;

/** The `credentials` service, with a database, a key ring and a neighbour of its own. */
export async function startCredentials(
  overrides: Partial<CredentialsConfig> = {},
): Promise<CredentialsUnderTest> {
  const resources = await makeResources('credentials', { migrations, grants });
  const replica = await replicaOf(
    { keyringDir: resources.folder, database: resources.database, tickets: new FakeTickets() },
    overrides,
  );
  return {
    ...replica,
    stop: async () => {
      await replica.halt();
      await removeResources(resources);
    },
  };
}

/** One more replica of a service under test; to be stopped before it. */
export async function replicaOf(
  {
    keyringDir: folder,
    database,
    tickets,
  }: Pick<CredentialsUnderTest, 'keyringDir' | 'database' | 'tickets'>,
  overrides: Partial<CredentialsConfig> = {},
): Promise<CredentialsUnderTest> {
  const resources = { folder, database };
  const identity = testIdentity(resources, clockTolerance);
  const config = { ...standardConfig(resources, identity), ...overrides };
  const service = await createCredentialsService(config, tickets);
  const replica = await startReplica(resources, identity, service);
  return {
    ...replica,
    tickets,
    keyringDir: folder,
    call: async (actor, method, path, body, headers) => {
      const client = await replica.as(actor, rolesOf(actor), `Name of ${actor}`);
      return client.send(method, path, body, headers);
    },
  };
}

/** `customer-1` is a customer, `customer+agent-1` both. */
const rolesOf = (actor: string): Role[] => actor.split('-')[0]?.split('+') as Role[];

export function standardConfig(
  { folder, database }: Resources,
  identity: IdentityConfig,
): CredentialsConfig {
  return {
    server: testServer,
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
