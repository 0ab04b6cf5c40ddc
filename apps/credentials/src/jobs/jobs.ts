import { type INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HttpService } from '#http-server';
import { Leadership } from '#leadership';
import { Lifecycle } from '#lifecycle';
import { UnitOfWork } from '#postgres';
import { Log, Metrics } from '#telemetry';
import { Checkpoints } from '../audit/checkpoints.js';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { type CredentialsConfig } from '../config.js';
import { Custody } from '../custody/custody.js';
import { KeyEpochs } from '../custody/key-epochs.js';
import { forgetKeys } from '../persistence/first-notes.js';
import { purgeCounts } from '../persistence/rate-limits.js';
import { ReceiptSigner } from '../receipts/receipt-signer.js';
import { SigningKeys } from '../receipts/signing-keys.js';
import { RestoreWatch } from '../restore/restore-watch.js';
import { MarkKeeper } from '../restore/mark-keeper.js';
import { showJobs } from './job-metrics.js';
import { Reconciler } from './reconciler.js';
import { Sweeper } from './sweeper.js';

/** What every replica does again and again. */
export function repeatJobs({ app, lifecycle }: HttpService, config: CredentialsConfig): void {
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
  lifecycle.every({ name: 'database-mark', seconds: 1 }, () => app.get(RestoreWatch).advance());
  lifecycle.every({ name: 'database-mark-telling', seconds: 5 }, () =>
    app.get(MarkKeeper).sendToTickets(),
  );
}

/**
 * The sweeper runs at the next expiry, and at least this often, since a credential that
 * expires earlier may have been added.
 */
const sweepEveryMs = 5_000;

/** The jobs that one replica at a time runs: a line for each. */
export function leadJobs(app: INestApplication, { reconcileSeconds }: CredentialsConfig): void {
  const [sql, unitOfWork, failures] = [
    app.get(DataSource),
    app.get(UnitOfWork),
    app.get(DestructionFailures),
  ];
  const sweeper = new Sweeper(sql, unitOfWork, failures);
  const leadership = new Leadership({
    sql,
    log: app.get<Log>(Log),
    report: app.get(Lifecycle).report,
  });
  leadership.lead({
    name: 'reconcile',
    everyMs: reconcileSeconds * 1000,
    run: (signal) =>
      app
        .get(RestoreWatch)
        .checkForReturned()
        .then(() => app.get(Reconciler).run(signal)),
  });
  leadership.lead({ name: 'sweep', everyMs: sweepEveryMs, run: (signal) => sweeper.run(signal) });
  app.get(Lifecycle).addWork(leadership);
  showJobs(app.get(Metrics), leadership, sql);
}
