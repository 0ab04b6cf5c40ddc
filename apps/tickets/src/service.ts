import { DataSource } from 'typeorm';
import { consume, databaseClock } from '#backing-services';
import { watchClock } from '#clock';
import { exchanges, queues } from '#contracts';
import { createService, type HttpService } from '#http-server';
import { purge } from '#idempotency';
import { JwtVerifier } from '#identity';
import { databaseOutage } from '#postgres';
import { createLogger, Metrics, Readiness } from '#telemetry';
import { type TicketsConfig } from './config.js';
import { watchDoubts } from './doubt-alarm.js';
import { forgetEarlyDoubts } from './persistence/early-doubts.js';
import { forgetExpired } from './persistence/witness.js';
import { TicketsModule } from './tickets.module.js';

const name = 'tickets';

/**
 * Composes the service, all but its listening: the HTTP edge, its module, and its
 * background work. Tests compose the same.
 */
export async function createTicketsService(config: TicketsConfig): Promise<HttpService> {
  const log = createLogger({ service: name, level: config.server.logLevel });
  const [metrics, readiness] = [new Metrics(name), new Readiness()];
  const clock = databaseClock(() => app.get(DataSource), config.identity.clockTolerance);
  const service = await createService(TicketsModule.with(config), {
    log,
    metrics,
    readiness,
    verifier: new JwtVerifier(config.identity, clock),
    classify: databaseOutage,
    tls: config.server.tls,
    metricsAt: config.server.metrics,
  });
  const { app, lifecycle } = service;
  watchDoubts(app.get(DataSource), { lifecycle, metrics, readiness });
  watchClock(clock, 'the database', { lifecycle, log, metrics, readiness });
  // Everything, since nobody else listens: an end whose routing key has a typing error
  // would be confirmed to its home, and lost.
  consume(app, {
    queue: queues.ticketsHelpdeskEvents,
    bindings: [{ exchange: exchanges.helpdesk, keys: ['#'] }],
  });
  consume(app, {
    queue: queues.ticketsCredentialEvents,
    bindings: [{ exchange: exchanges.credential, keys: ['credentials.destroyed'] }],
    prefetch: 64,
  });
  lifecycle.every({ name: 'forgetting', seconds: 3600 }, async () => {
    await forgetExpired(app.get(DataSource));
    await forgetEarlyDoubts(app.get(DataSource));
  });
  lifecycle.every({ name: 'idempotency-purge', seconds: 3600 }, () => purge(app.get(DataSource)));
  return service;
}
