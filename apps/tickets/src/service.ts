import { DataSource } from 'typeorm';
import { consume } from '#backing-services';
import { exchanges, helpdeskEventType, queues } from '#contracts';
import { createService, type HttpService } from '#http-server';
import { purge } from '#idempotency';
import { JwtVerifier } from '#identity';
import { databaseOutage } from '#postgres';
import { createLogger, Metrics, Readiness } from '#telemetry';
import { type TicketsConfig } from './config.js';
import { TicketsModule } from './tickets.module.js';

const name = 'tickets';

/** Composes the service, all but its listening: the HTTP edge, its module, and its background work. Tests compose the same. */
export async function createTicketsService(config: TicketsConfig): Promise<HttpService> {
  const service = await createService(TicketsModule.with(config), {
    log: createLogger({ service: name, level: config.server.logLevel }),
    metrics: new Metrics(name),
    readiness: new Readiness(),
    verifier: new JwtVerifier(config.identity),
    classify: databaseOutage,
    tls: config.server.tls,
    metricsAt: config.server.metrics,
  });
  const { app, lifecycle } = service;
  consume(app, { queue: queues.ticketsHelpdeskEvents, bindings: [{ exchange: exchanges.helpdesk, keys: [helpdeskEventType] }] });
  lifecycle.every({ name: 'idempotency-purge', seconds: 3600 }, () => purge(app.get(DataSource)));
  return service;
}
