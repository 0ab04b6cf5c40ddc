import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuietReporter } from '../../tools/stack/reporter.js';
import { Stack } from '../../tools/stack/stack.js';
import { type Answer, People, send } from '../support/api.js';
import { testBrokerUrl } from '../support/broker.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../support/database.js';
import { OpenApiCheck } from '../support/openapi.js';

/**
 * The built services, each in a process of its own, behind their gateway; every answer
 * under /v1 is held against the OpenAPI document.
 */
export interface System {
  readonly url: string;
  /** Of the first replica, past the gateway. */
  readonly ticketsUrl: string;
  readonly credentialsUrl: string;
  readonly logsDir: string;
  readonly databases: { readonly tickets: TestDatabase; readonly credentials: TestDatabase };
  /** Of the processes of one kind that run now. One that ends is started again. */
  pids(kind: 'gateway' | 'tickets' | 'credentials'): readonly number[];
  call(
    actor: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  credentialRows(): Promise<number>;
  stop(): Promise<void>;
}

export async function startSystem(extra: NodeJS.ProcessEnv = {}): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'system-'));
  const tickets = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  const credentials = await createTestDatabase(
    testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'),
  );
  const servers = {
    TICKETS_DATABASE_URL: tickets.serviceUrl,
    TICKETS_MIGRATION_DATABASE_URL: tickets.ownerUrl,
    CREDENTIALS_DATABASE_URL: credentials.serviceUrl,
    CREDENTIALS_MIGRATION_DATABASE_URL: credentials.ownerUrl,
    RABBITMQ_URL: testBrokerUrl(),
  };
  const env = { ...process.env, NODE_OPTIONS: undefined, LOG_LEVEL: 'warn', ...servers, ...extra };
  const stack = new Stack({ folder, env, reporter: new QuietReporter() });
  const { gatewayUrl: url, ticketsUrl, credentialsUrl, logsDir } = await stack.start();
  const check = new OpenApiCheck(
    (await (await fetch(new URL('/openapi.json', url))).json()) as ConstructorParameters<
      typeof OpenApiCheck
    >[0],
  );
  const people = new People(url);
  return {
    url,
    ticketsUrl,
    credentialsUrl,
    logsDir,
    databases: { tickets, credentials },
    pids: (kind) => stack.description.pids[kind] ?? [],
    call: async (actor, method, path, body, headers = {}) => {
      const answer = await send(url, {
        method,
        path,
        body,
        headers: { ...(await people.authorization(actor)), ...headers },
      });
      if (path.startsWith('/v1'))
        check.requireDescribed({
          method,
          path,
          ...answer,
          contentType: answer.headers.get('content-type'),
        });
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
