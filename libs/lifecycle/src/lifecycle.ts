import { type Log, type Metrics } from '#telemetry';
import { within } from '#waiting';
import { type Activity } from './activity.js';
import { JobReport } from './job-report.js';
import { type JobOptions, PeriodicJob, type Work } from './periodic-job.js';

/**
 * Milliseconds for all work to finish. With two foundations and the last traces, a
 * service has stopped within ten seconds.
 */
export const workTimeoutMs = 5_000;
/** Milliseconds for each foundation. */
const foundationTimeoutMs = 1_500;

/**
 * The order in which a service starts and stops. *Work* is requests, consumers and jobs.
 * *Foundations* are what work needs until it is finished: the connection to the broker,
 * the relay. (The database is closed after all of them, by Nest.)
 */
export class Lifecycle {
  private readonly foundations: Activity[] = [];
  private readonly work: Activity[] = [];
  /** Reports the runs of all jobs. */
  readonly report: JobReport;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.report = new JobReport(log, metrics);
  }

  /** Started before all work, and before later foundations; stopped after them. */
  addFoundation(activity: Activity): void {
    this.foundations.push(activity);
  }

  /** Stopped first, together with all other work. */
  addWork(activity: Activity): void {
    this.work.push(activity);
  }

  /** Runs `work` periodically. @returns the job, to run it early */
  every(options: JobOptions, work: Work): PeriodicJob {
    const job = new PeriodicJob(options, work, this.report);
    this.addWork(job);
    return job;
  }

  async start(): Promise<void> {
    for (const activity of [...this.foundations, ...this.work]) await activity.start();
  }

  /**
   * Takes nothing new, finishes, flushes, closes. Never rejects, and is bounded in time
   * whatever an activity does.
   */
  stop(): Promise<void> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private async end(): Promise<void> {
    await Promise.all(this.work.map((activity) => this.endOne(activity, workTimeoutMs)));
    for (const activity of this.foundations.toReversed())
      await this.endOne(activity, foundationTimeoutMs);
  }

  private async endOne(activity: Activity, timeoutMs: number): Promise<void> {
    try {
      const ended = activity.stop(timeoutMs).then(() => true);
      if (!(await within(timeoutMs, ended)))
        this.log.warn('not stopped in time', { check: activity.name });
    } catch (error) {
      this.log.warn('not stopped', { check: activity.name, error });
    }
  }
}
