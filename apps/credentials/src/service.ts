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
import { Checkpoints } from './audit/checkpoints.js';
import { Custody } from './custody/custody.js';
import { KeyEpochs } from './custody/key-epochs.js';
import { keyRingOutage } from './custody/key-ring-outage.js';
import { ActorLimits } from './limits/actor-limits.js';
import { checkSignInOfReveal } from './http/reveal-sign-in.js';
import { forgetKeys } from './persistence/first-notes.js';
import { leadJobs } from './jobs/jobs.js';
import { purgeCounts } from './persistence/rate-limits.js';
import { ReceiptSigner } from './receipts/receipt-signer.js';
import { ChangedTickets } from './jobs/changed-tickets.js';
import { SigningKeys } from './receipts/signing-keys.js';
import { type Elsewhere } from './restore/elsewhere.js';
import { RestoreWatch } from './restore/restore-watch.js';
import { Testifier } from './restore/testifier.js';
import { type StandingSource } from './standing/standing-source.js';

const name = 'credentials';

/**
 * Composes the service, all but its listening: the HTTP edge, its module, and its
 * background work. Tests compose the same.
 * @param tickets the neighbour it asks
 */
export async function createCredentialsService(
  config: CredentialsConfig,
  tickets: StandingSource & Elsewhere & ChangeSource,
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

/** What every replica does again and again. */
function repeatJobs({ app, lifecycle }: HttpService, config: CredentialsConfig): void {
  lifecycle.every({ name: 'idempotency-purge', seconds: 3600 }, () =>
    forgetKeys(app.get(DataSource)),
  );
  lifecycle.every({ name: 'rate-limit-purge', seconds: 3600 }, () =>
    purgeCounts(app.get(DataSource)),
  );
  lifecycle.every({ name: 'receipt-signing', seconds: 1 }, () =>
    app.get(ReceiptSigner).signPending(),
  );
  lifecycle.every({ name: 'signing-keys', seconds: 10 }, () => app.get(SigningKeys).keep());
  lifecycle.every(
    { name: 'audit-checkpoints', seconds: Math.min(10, config.checkpoints.seconds) },
    () => app.get(Checkpoints).keep(),
  );
  // Of the shortest epoch, an hour, the last five minutes are for the rotation: it may
  // not wait much longer than half of them.
  lifecycle.every({ name: 'key-rotation', seconds: 180 }, async (stopping) => {
    // A key that this database calls destroyed may be the one
    // that the true database needs.
    await app.get(RestoreWatch).refuseInDoubt();
    await app.get(KeyEpochs).turn(stopping);
  });
  lifecycle.every({ name: 'key-forgetting', seconds: 60 }, () =>
    app.get(Custody).forgetDestroyed(),
  );
  lifecycle.every({ name: 'database-mark', seconds: 1 }, () => app.get(RestoreWatch).beat());
  lifecycle.every({ name: 'database-mark-telling', seconds: 5 }, () => app.get(Testifier).tell());
}
