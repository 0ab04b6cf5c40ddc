import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuietReporter } from '../../tools/stack/reporter.js';
import { Stack } from '../../tools/stack/stack.js';
import { createTestDatabase, testVariable } from '../support/database.js';
import { OpenApiCheck } from '../support/openapi.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** The built services, each in a process of its own, behind their gateway; every answer under /v1 is held against the OpenAPI document. */
export interface System {
  readonly url: string;
  call(actor: string | null, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  credentialRows(): Promise<number>;
  stop(): Promise<void>;
}

export async function startSystem(extra: NodeJS.ProcessEnv = {}): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'system-'));
  const tickets = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  const credentials = await createTestDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'));
  const servers = {
    TICKETS_DATABASE_URL: tickets.serviceUrl,
    TICKETS_MIGRATION_DATABASE_URL: tickets.ownerUrl,
    CREDENTIALS_DATABASE_URL: credentials.serviceUrl,
    CREDENTIALS_MIGRATION_DATABASE_URL: credentials.ownerUrl,
    RABBITMQ_URL: testVariable('TEST_RABBITMQ_URL'),
  };
  const env = { ...process.env, NODE_OPTIONS: undefined, LOG_LEVEL: 'warn', ...servers, ...extra };
  const stack = new Stack({ folder, env, reporter: new QuietReporter() });
  const { gatewayUrl: url } = await stack.start();
  const check = new OpenApiCheck(
    (await (await fetch(new URL('/openapi.json', url))).json()) as ConstructorParameters<typeof OpenApiCheck>[0],
  );
  const tokens = new Map<string, Promise<string>>();
  return {
    url,
    call: async (actor, method, path, body, headers = {}) => {
      const token = actor === null ? undefined : await (tokens.get(actor) ?? remember(tokens, actor, tokenFor(url, actor)));
      const answer = await send(url, method, path, body, { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers });
      if (path.startsWith('/v1')) check.demand({ method, path, ...answer, contentType: answer.headers.get('content-type') });
      return answer;
    },
    credentialRows: async () => (await credentials.query('SELECT 1 FROM credential')).length,
    stop: async () => {
      await stack.stop();
      await tickets.drop();
      await credentials.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

function remember(tokens: Map<string, Promise<string>>, actor: string, token: Promise<string>): Promise<string> {
  tokens.set(actor, token);
  return token;
}

async function tokenFor(url: string, actor: string): Promise<string> {
  const { body } = await send(url, 'POST', '/dev/token', { sub: actor, roles: [actor.split('-')[0]], name: `Name of ${actor}` }, {});
  return body.access_token as string;
}

async function send(url: string, method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await fetch(new URL(path, url), { method, headers: { ...json, ...headers }, ...content });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}
