import { type INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Leadership } from '#leadership';
import { Lifecycle } from '#lifecycle';
import { UnitOfWork } from '#postgres';
import { Log, Metrics } from '#telemetry';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { type CredentialsConfig } from '../config.js';
import { showJobs } from './job-metrics.js';
import { Reconciler } from './reconciler.js';
import { RestoreWatch } from '../restore/restore-watch.js';
import { Sweeper } from './sweeper.js';

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
        .lookForReturned()
        .then(() => app.get(Reconciler).run(signal)),
  });
  leadership.lead({ name: 'sweep', everyMs: sweepEveryMs, run: (signal) => sweeper.run(signal) });
  app.get(Lifecycle).addWork(leadership);
  showJobs(app.get(Metrics), leadership, sql);
}
