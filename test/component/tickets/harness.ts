import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role } from '#contracts';
import { type HttpService, listen, stop } from '#http-server';
import { type DevConfig, DevTokenIssuer } from '#identity';
import { type TicketsConfig } from '../../../apps/tickets/src/config.js';
import { Homes } from '../../../apps/tickets/src/domain/homes.js';
import { grants, migrations } from '../../../apps/tickets/src/persistence/schema.js';
import { createTicketsService } from '../../../apps/tickets/src/service.js';
import { type TestDatabase, testVariable } from '../../support/database.js';
import { migratedDatabase } from '../../support/migrated-database.js';
import { Client } from './client.js';

/** Where no broker is: nothing but the events themselves may need one. */
export const absentBroker = 'amqp://127.0.0.1:1';

export interface Stage {
  readonly database: TestDatabase;
  /** A client with a token of this person. */
  as(sub: string, roles: readonly Role[], name?: string): Promise<Client>;
  readonly anonymous: Client;
  readonly config: TicketsConfig;
  readonly service: HttpService;
  readonly url: string;
  close(): Promise<void>;
}

/** In seconds: tests may set the clock of this process. */
const clockTolerance = 300;

/** The real service in this process, over real HTTP, on a database of its own. */
export async function startTickets(overrides: Partial<TicketsConfig> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-'));
  const database = await migratedDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'), {
    migrations,
    grants,
  });
  const identity: DevConfig = {
    mode: 'dev',
    issuer: 'test',
    audience: 'test',
    rolesClaim: 'roles',
    clockTolerance,
    rolesMap: {},
    keyFile: join(folder, 'key.pem'),
  };
  const server = {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    tls: undefined,
    metrics: 'beside',
  } as const;
  const config = {
    server,
    identity,
    databaseUrl: database.serviceUrl,
    rabbitmqUrl: absentBroker,
    homes: new Homes([]),
    ...overrides,
  };
  const service = await createTicketsService(config);
  const url = await listen(service, server);
  const issuer = new DevTokenIssuer(identity);
  return {
    database,
    config,
    service,
    url,
    as: async (sub, roles, name) => new Client(url, await issuer.issue(sub, roles, name)),
    anonymous: new Client(url, undefined),
    close: async () => {
      await stop(service);
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
