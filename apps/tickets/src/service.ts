import { createService, type HttpService } from '#http-server';
import { JwtVerifier } from '#identity';
import { OutboxRelay } from '#outbox';
import { connect, databaseOutage, UnitOfWork } from '#postgres';
import { type Log, Metrics, Readiness } from '#telemetry';
import { Background } from './background.js';
import { type TicketsConfig } from './config.js';
import { type Broker } from './messaging/broker.js';
import { measureOutbox } from './messaging/outbox-metrics.js';
import { entities } from './persistence/schema.js';
import { TicketsModule } from './tickets.module.js';

interface Neighbours {
  readonly broker: Broker;
  readonly log: Log;
}

/** Wires the service, all but its listening. A component test wires the same. */
export async function createTicketsService(config: TicketsConfig, { broker, log }: Neighbours): Promise<HttpService> {
  const dataSource = await connect({ url: config.databaseUrl, applicationName: 'tickets', entities, poolSize: 20 });
  const relay = new OutboxRelay({ sql: dataSource, publish: broker.publish, log });
  const unitOfWork = new UnitOfWork(dataSource, () => {
    relay.wake();
  });
  const background = new Background({ dataSource, relay, broker, log });
  const metrics = new Metrics('tickets');
  measureOutbox(metrics, relay);
  const readiness = new Readiness();
  readiness.add('database', async () => {
    await dataSource.query('SELECT 1');
  });
  readiness.add(
    'broker',
    () => {
      broker.demandUp();
    },
    { fatal: false },
  );
  return createService(TicketsModule.with({ dataSource, unitOfWork, background }), {
    log,
    metrics,
    readiness,
    verifier: new JwtVerifier(config.identity),
    classify: databaseOutage,
    tls: config.server.tls,
  });
}
