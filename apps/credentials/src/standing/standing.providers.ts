import { type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { given, provide } from '#backing-services';
import { Lifecycle, Sampled } from '#lifecycle';
import { SingleStatements, UnitOfWork } from '#postgres';
import { Log, Metrics, Readiness } from '#telemetry';
import { DestructionFailures } from '../commands/destruction-failures.js';
import { type CredentialsConfig } from '../config.js';
import { hasSubmitted } from '../persistence/summaries.js';
import { countDoubts } from '../persistence/doubts.js';
import { readGates } from '../persistence/gates.js';
import { OperationsReporter } from '../queries/operations-report.js';
import { RestoreWatch } from '../restore/restore-watch.js';
import { AccessByStanding } from './access-by-standing.js';
import { StandingAlarm } from './standing-alarm.js';
import { StandingCache } from './standing-cache.js';
import { type StandingSource } from './standing-source.js';

/**
 * Asking for the standing of a ticket, deciding access by it, and the
 * alarm about faulty answers.
 */
export const standing = (
  { standingLeaseSeconds, agentAccess }: CredentialsConfig,
  tickets: StandingSource,
): Provider[] => [
  {
    provide: StandingCache,
    useFactory: (sql: SingleStatements) =>
      new StandingCache(tickets, (ids) => readGates(sql, ids), standingLeaseSeconds * 1000),
    inject: [SingleStatements],
  },
  {
    provide: StandingAlarm,
    useFactory: alarm,
    inject: [DataSource, Log, Metrics, Readiness, Lifecycle],
  },
  {
    provide: AccessByStanding,
    useFactory: (
      standings: StandingCache,
      unitOfWork: UnitOfWork,
      raised: StandingAlarm,
      restores: RestoreWatch,
      sql: DataSource,
    ) =>
      new AccessByStanding(standings, unitOfWork, agentAccess, raised, restores, (...facts) =>
        hasSubmitted(sql, ...facts),
      ),
    inject: [StandingCache, UnitOfWork, StandingAlarm, RestoreWatch, DataSource],
  },
  provide(OperationsReporter, [DataSource, StandingCache, given(standingLeaseSeconds * 1000)]),
  { provide: DestructionFailures, useFactory: failures, inject: [Log, Metrics] },
];

/**
 * Counts faults in this process, and exports the number of tickets in doubt over all of
 * them. They need an operator, so the readiness warns too.
 */
function alarm(
  sql: DataSource,
  log: Log,
  metrics: Metrics,
  readiness: Readiness,
  lifecycle: Lifecycle,
): StandingAlarm {
  const doubts = new Sampled({ name: 'count of doubts', ask: () => countDoubts(sql) });
  lifecycle.addWork(doubts);
  // An absent database has its own place in the readiness.
  readiness.watch('standing', () => {
    const { value = 0, ageSeconds = 0 } = doubts.last ?? {};
    return value === 0 ? undefined : `${value} in doubt, counted ${Math.round(ageSeconds)} s ago`;
  });
  metrics.gauge(
    {
      name: 'tickets_in_doubt',
      help: 'Tickets about which the last answer of tickets must not be relied on',
    },
    async () => [{ value: await countDoubts(sql) }],
  );
  const faults = metrics.counter({
    name: 'standing_faults_total',
    help:
      'Answers of tickets that must not be relied on: unknown, regressed, unreadable, ' +
      'not-understood',
    labels: ['fault'],
  });
  return new StandingAlarm(sql, log, faults);
}

function failures(log: Log, metrics: Metrics): DestructionFailures {
  const failed = metrics.counter({
    name: 'destruction_failures_total',
    help:
      'Destructions that failed and are tried again, by what was at work: event, change, ' +
      'reconcile, sweep',
    labels: ['by'],
  });
  return new DestructionFailures(log, failed);
}
