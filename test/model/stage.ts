import { DataSource } from 'typeorm';
import { type HttpService } from '#http-server';
import { serviceTokens } from '#identity';
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
import { startTickets } from '../component/tickets/harness.js';
import { type Answer } from '../support/api.js';
import { absentBroker } from '../support/broker.js';
import { type TestDatabase } from '../support/database.js';
import { makeResources, removeResources, startReplica } from '../support/service-under-test.js';
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
  const resources = await makeResources('credentials', { migrations, grants });
  const { identity } = tickets.config;
  const upstream = new Upstream({ name: 'tickets', urls: [new URL(tickets.url)], tls: undefined });
  // No standing is remembered, so that each answer is the truth: how long a lease permits
  // is test/component/credentials/lease.test.ts.
  const config = {
    ...standardConfig(resources, identity),
    rabbitmqUrl: absentBroker,
    standingLeaseSeconds: 0,
  };
  const service = await createCredentialsService(
    config,
    new TicketsClient(upstream, serviceTokens('credentials', identity)),
  );
  const credentials = await startReplica(resources, identity, service);
  const databases = { tickets: tickets.database, credentials: resources.database };
  for (const name of ['tickets', 'credentials'] as const)
    await prepareCrashes(databases[name], name);
  const clients = {
    customer: await tickets.as('customer-1', ['customer']),
    agent: await tickets.as('agent-1', ['agent']),
  };
  return {
    databases,
    services: { tickets: tickets.service, credentials: service },
    call: (who, method, path, body) => {
      const { url } = path.includes('/credentials') ? credentials : tickets;
      return clients[who].at(url).send(method, path, body);
    },
    reconcile: () => reconcile(service),
    close: async () => {
      await credentials.halt();
      await tickets.stop();
      await removeResources(resources);
    },
  };
}

async function reconcile({ app }: HttpService): Promise<void> {
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
