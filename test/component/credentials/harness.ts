import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role, type Standing } from '#contracts';
import { type HttpService, listen, stop } from '#http-server';
import { DevTokenIssuer, type IdentityConfig } from '#identity';
import { migrate } from '#postgres';
import { type CredentialsConfig } from '../../../apps/credentials/src/config.js';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { createCredentialsService } from '../../../apps/credentials/src/service.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

/** The neighbour that the service asks, in the hands of the test: it answers what it was told, or not at all. */
export class TicketsInHand {
  readonly answers = new Map<string, Standing>();
  questions = 0;
  reachable = true;
  /** Called before each answer, with the ids asked for. */
  before: (ids: readonly string[]) => Promise<void> = () => Promise.resolve();

  async standings(ids: readonly string[]): Promise<readonly Standing[]> {
    this.questions += 1;
    if (!this.reachable) throw new Error('unreachable');
    const answers = ids.flatMap((id) => this.answers.get(id) ?? []);
    await this.before(ids);
    return answers;
  }

  set(ticketId: string, change: Partial<Standing> = {}): Standing {
    const before = this.answers.get(ticketId) ?? {
      ticketId,
      status: 'open' as const,
      version: 0,
      phase: 0,
      requesterId: 'customer-1',
      assigneeId: 'agent-1',
      home: '/tickets',
    };
    const standing = { ...before, version: before.version + 1, ...change };
    this.answers.set(ticketId, standing);
    return standing;
  }
}

export const secret = {
  username: 'shop-admin',
  password: 'pässwörd 🔑 \u0000\ud800',
  link: 'https://shop.example/admin',
  additionalInformation: 'ask for Jo',
};

let tickets = 0;
/** A ticket that nobody has used yet, as `tickets` knows it. */
export function newTicket({ tickets: known }: CredentialsUnderTest, change: Partial<Standing> = {}): { ticketId: string; path: string } {
  tickets += 1;
  const ticketId = `T-${process.pid}-${tickets}`;
  known.set(ticketId, change);
  return { ticketId, path: `/v1/tickets/${ticketId}/credentials` };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface CredentialsUnderTest {
  readonly tickets: TicketsInHand;
  readonly database: TestDatabase;
  readonly url: string;
  readonly keyringDir: string;
  call(actor: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** The real service in this process, on a real socket, with a database, a key ring and a neighbour of its own. */
export async function startCredentials(overrides: Partial<CredentialsConfig> = {}): Promise<CredentialsUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  const database = await createTestDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'));
  await migrate({ migrationUrl: database.ownerUrl, serviceUrl: database.serviceUrl, migrations, grants });
  const identity: IdentityConfig = {
    mode: 'dev',
    issuer: 'test',
    audience: 'test',
    rolesClaim: 'roles',
    keyFile: join(folder, 'dev-key.pem'),
  };
  const tickets = new TicketsInHand();
  const service = await createCredentialsService({ ...standardConfig(folder, database, identity), ...overrides }, tickets);
  const url = await listen(service, { host: '127.0.0.1', port: 0 });
  const issuer = new DevTokenIssuer(identity);
  return {
    tickets,
    database,
    url,
    keyringDir: folder,
    call: async (actor, method, path, body, headers) =>
      call(url, await issuer.issue(actor, [roleOf(actor)], `Name of ${actor}`), { method, path, body, headers }),
    stop: () => stopAll(service, database, folder),
  };
}

const roleOf = (actor: string): Role => actor.split('-')[0] as Role;

function standardConfig(folder: string, database: TestDatabase, identity: IdentityConfig): CredentialsConfig {
  return {
    server: { host: '127.0.0.1', port: 0, logLevel: 'error', tls: undefined, metrics: 'beside' },
    identity,
    databaseUrl: database.serviceUrl,
    rabbitmqUrl: testVariable('TEST_RABBITMQ_URL'),
    tickets: { name: 'tickets', urls: [], tls: undefined },
    keyringDir: folder,
    signingKeysDir: join(folder, 'signing'),
    keyEpochHours: 24,
    checkpoints: { seconds: 86_400, file: undefined },
    agentAccess: 'assigned',
    standingLeaseSeconds: 5,
    credentialTtlSeconds: 86_400,
    limits: { reveals: 0, submits: 0 },
  };
}

async function call(
  url: string,
  token: string,
  { method, path, body, headers = {} }: { method: string; path: string; body: unknown; headers: Record<string, string> | undefined },
): Promise<Answer> {
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

async function stopAll(service: HttpService, database: TestDatabase, folder: string): Promise<void> {
  await stop(service);
  await database.drop();
  rmSync(folder, { recursive: true });
}
