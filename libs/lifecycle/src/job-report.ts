import { type Log, type Metrics } from '#telemetry';
import { elapsedSince, type Moment, thisMoment } from '#waiting';

/** Milliseconds after which a job that goes on failing is logged again. */
const againMs = 60_000;

/**
 * Reports the runs of jobs to the log and the metrics. A job that fails every
 * second is logged once a minute.
 */
export class JobReport {
  private readonly lastSuccess;
  private readonly failures;
  /** When the failure was logged last of those that have not succeeded since. */
  private readonly loggedAt = new Map<string, Moment>();

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.lastSuccess = metrics.gauge({
      name: 'job_last_success_timestamp_seconds',
      help: 'When a run of the job last ended well, in seconds since 1970',
      labels: ['job'],
    });
    this.failures = metrics.counter({
      name: 'job_failures_total',
      help: 'Runs of the job that failed',
      labels: ['job'],
    });
  }

  succeeded(job: string): void {
    this.lastSuccess.set({ job }, Date.now() / 1000);
    this.loggedAt.delete(job);
  }

  failed(job: string, error: unknown): void {
    this.failures.inc({ job });
    const loggedAt = this.loggedAt.get(job);
    if (loggedAt !== undefined && elapsedSince(loggedAt) < againMs) return;
    this.loggedAt.set(job, thisMoment());
    this.log.warn('job failed', { check: job, error });
  }
}
