import { type Log, type Metrics } from '#telemetry';

/** Reports the runs of jobs to the log and the metrics. */
export class JobReport {
  private readonly lastSuccess;
  private readonly failures;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.lastSuccess = metrics.gauge({
      name: 'job_last_success_timestamp_seconds',
      help: 'When a run of the job last ended well, in seconds since 1970',
      labels: ['job'],
    });
    this.failures = metrics.counter({ name: 'job_failures_total', help: 'Runs of the job that failed', labels: ['job'] });
  }

  succeeded(job: string): void {
    this.lastSuccess.set({ job }, Date.now() / 1000);
  }

  failed(job: string, error: unknown): void {
    this.failures.inc({ job });
    this.log.warn('job failed', { check: job, error });
  }
}
