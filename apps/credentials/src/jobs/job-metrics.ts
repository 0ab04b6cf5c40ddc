import { lastRuns, type Leadership } from '#leadership';
import { type Sql } from '#postgres';
import { type Metrics } from '#telemetry';

/** Exports which jobs this replica leads, and what each job did last on any replica. */
export function showJobs(metrics: Metrics, leadership: Leadership, sql: Sql): void {
  const led = {
    name: 'job_led',
    help: '1 where this replica is the one that does the job',
    labels: ['job'] as const,
  };
  metrics.gauge(led, () =>
    Promise.resolve(
      leadership.names.map((job) => ({ labels: { job }, value: leadership.isLed(job) ? 1 : 0 })),
    ),
  );
  const finished = {
    name: 'job_finished_timestamp_seconds',
    help: 'When the job last finished a turn',
    labels: ['job'] as const,
  };
  metrics.gauge(finished, async () =>
    (await lastRuns(sql)).flatMap(({ job, finishedAt }) =>
      finishedAt ? [{ labels: { job }, value: finishedAt.getTime() / 1000 }] : [],
    ),
  );
  const did = {
    name: 'job_last_turn',
    help: 'What the last finished turn of the job did, in numbers',
    labels: ['job', 'what'] as const,
  };
  metrics.gauge(did, async () =>
    (await lastRuns(sql)).flatMap(({ job, done }) =>
      Object.entries(done).map(([what, value]) => ({ labels: { job, what }, value })),
    ),
  );
}
