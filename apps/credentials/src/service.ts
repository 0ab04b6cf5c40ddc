import { DataSource } from 'typeorm';
import { exchanges, queues, ticketEventTypes } from '#contracts';
import { createService, type HttpService } from '#http-server';
import { JwtVerifier } from '#identity';
import { BrokerConnection, ConfirmedPublisher, RabbitTransport } from '#messaging';
import { OutboxRelay } from '#outbox';
import { databaseOutage } from '#postgres';
import { createLogger, Metrics, Readiness } from '#telemetry';
import { Background } from './background.js';
import { type CredentialsConfig } from './config.js';
import { CredentialsModule } from './credentials.module.js';
import { ActorLimits } from './limits/actor-limits.js';
import { type StandingSource } from './standing/standing-book.js';

const name = 'credentials';

/** Composes the service: HTTP edge, database, broker. `tickets` is the neighbour it asks. */
export async function createCredentialsService(config: CredentialsConfig, tickets: StandingSource): Promise<HttpService> {
  const log = createLogger({ service: name, level: config.server.logLevel });
  const readiness = new Readiness();
  const connection = new BrokerConnection({ url: config.rabbitmqUrl, name, log });
  const publisher = new ConfirmedPublisher(connection, { exchange: exchanges.credential, mandatory: false });
  const relay = (dataSource: DataSource) => new OutboxRelay({ sql: dataSource, publish: (message) => publisher.publish(message), log });
  const service = await createService(CredentialsModule.with(config, { tickets, relay }), {
    log,
    metrics: new Metrics(name),
    readiness,
    verifier: new JwtVerifier(config.identity),
    classify: databaseOutage,
    tls: config.server.tls,
    onAuthenticated: (request, app) => app.get(ActorLimits).count(request),
  });
  const { app } = service;
  const dataSource = app.get(DataSource);
  const healthy = () =>
    dataSource
      .query('SELECT 1')
      .then(() => true)
      .catch(() => false);
  const transport = new RabbitTransport({
    connection,
    queue: queues.credentialsTicketEvents,
    bindings: [{ exchange: exchanges.ticket, keys: [...ticketEventTypes] }],
    healthy,
    log,
  });
  app.connectMicroservice({ strategy: transport });
  readiness.add('database', async () => {
    await dataSource.query('SELECT 1');
  });
  const brokerUp = () => {
    if (connection.state === 'down') throw new Error('not connected');
  };
  readiness.add('broker', brokerUp, { fatal: false });
  await app.startAllMicroservices();
  app.get(Background).start({ connection, publisher, transport, relay: app.get(OutboxRelay), sql: dataSource, log });
  return service;
}
