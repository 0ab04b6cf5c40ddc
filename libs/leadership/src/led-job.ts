import { setTimeout as sleep } from 'node:timers/promises';
import { type JobReport } from '#lifecycle';
import { type Log } from '#telemetry';
import { elapsedSince, type Moment } from '#waiting';
import { type Job } from './job.js';
import { type LeaseStore } from './lease-store.js';

export type Reports = Pick<JobReport, 'succeeded' | 'failed'>;

interface Dependencies {
  readonly store: LeaseStore;
  readonly log: Log;
  readonly report: Reports;
  /** Called after a turn that failed. */
  readonly failed: (job: string) => void;
}

/**
 * Milliseconds after which the end of a lease is looked for again: a timer stands
 * still while the machine sleeps.
 */
const lookMs = 250;

/**
 * One job in this process: runs turns while the lease is held, and aborts when it is
 * lost, released or expired.
 */
export class LedJob {
  private leading: AbortController | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    readonly job: Job,
    private readonly around: Dependencies,
  ) {}

  get isLed(): boolean {
    return this.leading !== undefined;
  }

  /**
   * The lease is ours for `leaseMs`.
   * @param askedAt before it was asked for, so that it ends here no
   *   later than in the database
   */
  hold(askedAt: Moment, leaseMs: number): void {
    if (this.leading === undefined) this.begin();
    this.expire(askedAt, leaseMs);
  }

  private begin(): void {
    const { signal } = (this.leading = new AbortController());
    this.around.log.info('job is led here', { check: this.job.name });
    // A turn of an earlier lease may still be finishing its last step.
    this.working = this.working.then(() => this.work(signal));
  }

  private expire(askedAt: Moment, leaseMs: number): void {
    clearTimeout(this.expiry);
    const leftMs = leaseMs - elapsedSince(askedAt);
    if (leftMs <= 0) {
      this.lose();
      return;
    }
    this.expiry = setTimeout(
      () => {
        this.expire(askedAt, leaseMs);
      },
      Math.min(leftMs, lookMs),
    );
  }

  /** The lease is lost or released. */
  lose(): void {
    clearTimeout(this.expiry);
    if (this.leading === undefined) return;
    this.leading.abort();
    this.leading = undefined;
    this.around.log.info('job is no longer led here', { check: this.job.name });
  }

  /** Resolves when no turn is under way. */
  settled(): Promise<void> {
    return this.working;
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pauseMs = await this.turn(signal);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Never rejects. @returns milliseconds until the next turn */
  private async turn(signal: AbortSignal): Promise<number> {
    const { job, around } = this;
    try {
      const { done, againInMs = job.everyMs } = await job.run(signal);
      if (signal.aborted) return 0;
      await around.store.recordRun(job.name, done);
      around.report.succeeded(job.name);
      return Math.min(againInMs, job.everyMs);
    } catch (error) {
      // A turn that is aborted may fail for that reason alone.
      if (signal.aborted) return 0;
      around.report.failed(job.name, error);
      await around.store.recordFailure(job.name).catch(() => undefined);
      around.failed(job.name);
      return job.everyMs;
    }
  }
}
