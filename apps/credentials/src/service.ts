import { DataSource } from 'typeorm';
import { consume, databaseClock } from '#backing-services';
import { type ChangeSource, followChanges } from '#changes';
import { watchClock } from '#clock';
import { exchanges, queues, ticketEventTypes } from '#contracts';
import { createService, type HttpService } from '#http-server';
import { JwtVerifier } from '#identity';
import { databaseOutage } from '#postgres';
import { createLogger, Metrics, Readiness } from '#telemetry';
import { type CredentialsConfig } from './config.js';
import { CredentialsModule } from './credentials.module.js';
import { keyRingOutage } from './custody/key-ring-outage.js';
import { ActorLimits } from './limits/actor-limits.js';
import { checkSignInOfReveal } from './http/reveal-sign-in.js';
import { leadJobs, repeatJobs } from './jobs/jobs.js';
import { ChangedTickets } from './jobs/changed-tickets.js';
import { type RemoteWitness } from './restore/remote-witness.js';
import { type StandingSource } from './standing/standing-source.js';

const name = 'credentials';

/**
 * Composes the service, all but its listening: the HTTP edge, its module, and its
 * background work. Tests compose the same.
 * @param tickets the neighbour it asks
 */
export async function createCredentialsService(
  config: CredentialsConfig,
  tickets: StandingSource & RemoteWitness & ChangeSource,
): Promise<HttpService> {
  const log = createLogger({ service: name, level: config.server.logLevel });
  const [metrics, readiness] = [new Metrics(name), new Readiness()];
  const clock = databaseClock(() => app.get(DataSource), config.identity.clockTolerance);
  const service = await createService(CredentialsModule.with(config, tickets), {
    log,
    metrics,
    readiness,
    verifier: new JwtVerifier(config.identity, clock),
    classify: (error) => databaseOutage(error) ?? keyRingOutage(error),
    tls: config.server.tls,
    metricsAt: config.server.metrics,
    onAuthenticated: async (request, app) => {
      checkSignInOfReveal(request, {
        maxAge: config.revealAuthMaxAge,
        clockTolerance: config.identity.clockTolerance,
      });
      await app.get(ActorLimits).count(request);
    },
  });
  const { app, lifecycle } = service;
  watchClock(clock, 'the database', { lifecycle, log, metrics, readiness });
  consume(app, {
    queue: queues.credentialsTicketEvents,
    bindings: [{ exchange: exchanges.ticket, keys: ticketEventTypes }],
    // They are applied in batches.
    prefetch: 64,
  });
  repeatJobs(service, config);
  followChanges(config.changesSeconds, tickets, app.get(ChangedTickets), {
    lifecycle,
    metrics,
    readiness,
  });
  leadJobs(app, config);
  return service;
}
