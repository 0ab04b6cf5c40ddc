import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { type HttpService, listen, stop } from '#http-server';
import { type DevConfig, DevTokenIssuer, serviceTokens } from '#identity';
import { Upstream } from '#upstream';
import { ApplyBatch } from '../../apps/credentials/src/commands/apply-batch.js';
import { DestructionFailures } from '../../apps/credentials/src/commands/destruction-failures.js';
import { grants, migrations } from '../../apps/credentials/src/persistence/schema.js';
import { ApplyTruth } from '../../apps/credentials/src/jobs/apply-truth.js';
import { Reconciler } from '../../apps/credentials/src/jobs/reconciler.js';
import { createCredentialsService } from '../../apps/credentials/src/service.js';
import { StandingAlarm } from '../../apps/credentials/src/standing/standing-alarm.js';
import { StandingCache } from '../../apps/credentials/src/standing/standing-cache.js';
import { TicketsClient } from '../../apps/credentials/src/standing/tickets-client.js';
import { parseHomes } from '../../apps/tickets/src/domain/parse-homes.js';
import { standardConfig } from '../component/credentials/harness.js';
import { absentBroker, startTickets } from '../component/tickets/harness.js';
import { type Answer, send } from '../support/api.js';
import { type TestDatabase, testVariable } from '../support/database.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { prepareCrashes } from './crash.js';

/**
 * Both services in this process, over real HTTP, on databases of their own. There is no
 * broker: who plays takes events to and fro.
 */
export interface Stage {
  readonly databases: Readonly<Record<'tickets' | 'credentials', TestDatabase>>;
  readonly services: Readonly<Record<'tickets' | 'credentials', HttpService>>;
  call(who: 'customer' | 'agent', method: string, path: string, body?: unknown): Promise<Answer>;
  reconcile(): Promise<void>;
  close(): Promise<void>;
}

export const home = { source: '/legacy-desk', prefix: 'legacy:' };

export async function setStage(): Promise<Stage> {
  const tickets = await startTickets({
    homes: parseHomes({ [home.source]: { prefix: home.prefix } }),
  });
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  const database = await migratedDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'), {
    migrations,
    grants,
  });
  const { identity } = tickets.config;
  const upstream = new Upstream({ name: 'tickets', urls: [new URL(tickets.url)], tls: undefined });
  // No standing is remembered, so that each answer is the truth: how long a lease permits
  // is test/component/credentials/lease.test.ts.
  const config = {
    ...standardConfig(folder, database, identity),
    rabbitmqUrl: absentBroker,
    standingLeaseSeconds: 0,
  };
  const credentials = await createCredentialsService(
    config,
    new TicketsClient(upstream, serviceTokens('credentials', identity)),
  );
  const url = await listen(credentials, { host: '127.0.0.1', port: 0 });
  const databases = { tickets: tickets.database, credentials: database };
  for (const name of ['tickets', 'credentials'] as const)
    await prepareCrashes(databases[name], name);
  const issuer = new DevTokenIssuer(identity as DevConfig);
  const tokens = {
    customer: await issuer.issue('customer-1', ['customer']),
    agent: await issuer.issue('agent-1', ['agent']),
  };
  return {
    databases,
    services: { tickets: tickets.service, credentials },
    call: (who, method, path, body) => {
      const headers = { authorization: `Bearer ${tokens[who]}` };
      return send(path.includes('/credentials') ? url : tickets.url, {
        method,
        path,
        body,
        headers,
      });
    },
    reconcile: () => reconcilerOf(credentials),
    close: async () => {
      await stop(credentials);
      await tickets.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function reconcilerOf({ app }: HttpService): Promise<void> {
  const [sql, batch, standings] = [
    app.get(DataSource),
    app.get(ApplyBatch),
    app.get(StandingCache),
  ];
  const reconciler = new Reconciler(
    sql,
    new ApplyTruth(sql, batch, standings, app.get(StandingAlarm), app.get(DestructionFailures)),
  );
  const { done } = await reconciler.run(new AbortController().signal);
  if (done.faults !== 0 || done.failed !== 0)
    throw new Error(`reconciled with faults: ${JSON.stringify(done)}`);
}
