import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Activity } from '#lifecycle';
import { type Sql } from '#postgres';
import { type Log } from '#telemetry';
import { elapsedSince, thisMoment, within } from '#waiting';
import { type Job } from './job.js';
import { LeaseStore } from './lease-store.js';
import { LedJob, type Reports } from './led-job.js';

export interface LeadershipOptions {
  /** The pool, never a transaction. */
  readonly sql: Sql;
  readonly log: Log;
  /**
   * How long a job stays with a replica that no longer renews its lease, in
   * milliseconds; default 5000.
   */
  readonly leaseMs?: number;
  /** How often a replica renews its leases, in milliseconds; default 1000. */
  readonly renewMs?: number;
  /** Where turns are reported: `lifecycle.report`. */
  readonly report: Reports;
}

/**
 * Has one replica at a time do each job, on any number of replicas:
 * `leadership.lead({ name, everyMs, run })`. Leases are rows of the service's
 * database (docs/adr/0007-leadership.md). When a leader dies, hangs or is
 * disconnected, another takes over as soon as its lease has expired; a leader that
 * cannot renew stops by itself before that.
 */
export class Leadership implements Activity {
  readonly name = 'led jobs';
  private readonly holder = randomUUID();
  private readonly jobs = new Map<string, LedJob>();
  /** When a job whose turn failed may be asked for again, by this process's clock. */
  private readonly standingBack = new Map<string, number>();
  private readonly store: LeaseStore;
  private readonly leaseMs: number;
  private readonly stopping = new AbortController();
  private beating: Promise<void> | undefined;
  private registered = false;

  constructor(private readonly options: LeadershipOptions) {
    this.store = new LeaseStore(options.sql);
    this.leaseMs = options.leaseMs ?? 5_000;
  }

  /** To be called before {@link start}. */
  lead(job: Job): void {
    if (this.jobs.has(job.name)) throw new Error(`there is a job ${job.name} already`);
    const failed = (name: string) => {
      this.standBack(name);
    };
    const { log, report } = this.options;
    this.jobs.set(job.name, new LedJob(job, { store: this.store, log, report, failed }));
  }

  /** Never waits for the database. */
  start(): void {
    this.beating ??= this.run();
  }

  isLed(name: string): boolean {
    return this.jobs.get(name)?.isLed ?? false;
  }

  /** The names of all jobs, led here or not. */
  get names(): readonly string[] {
    return [...this.jobs.keys()];
  }

  /** Lets turns in hand finish their step, and gives every lease back. */
  async stop(timeoutMs: number): Promise<void> {
    this.stopping.abort();
    for (const job of this.jobs.values()) job.lose();
    // A renewal in progress would take the released leases again.
    await within(
      timeoutMs / 2,
      Promise.all([this.beating, ...[...this.jobs.values()].map((job) => job.settled())]),
    );
    // A lease that cannot be released expires.
    await within(timeoutMs / 2, this.store.release(this.holder, this.names)).catch(() => undefined);
  }

  private async run(): Promise<void> {
    const { renewMs = 1_000 } = this.options;
    const { signal } = this.stopping;
    let away = false;
    while (!signal.aborted) {
      const failure = await this.updateJobs().catch((error: unknown) => error);
      if (failure !== undefined && !away)
        this.options.log.warn('leases not renewed', { error: failure });
      away = failure !== undefined;
      await sleep(renewMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @throws where the database did not answer: then each lease ends by its own clock */
  private async updateJobs(): Promise<void> {
    const askedAt = thisMoment();
    // A connection that died silently would never answer.
    const held = await within(this.leaseMs, this.renew());
    if (held === undefined) throw new Error('no answer within a lease');
    const isHeld = elapsedSince(askedAt) < this.leaseMs;
    for (const [name, job] of this.jobs) {
      if (isHeld && held.has(name) && this.mayLead(name)) job.hold(askedAt, this.leaseMs);
      else job.lose();
    }
  }

  private async renew(): Promise<ReadonlySet<string>> {
    if (!this.registered) await this.store.register(this.names);
    this.registered = true;
    return this.store.renew(
      this.holder,
      this.names.filter((name) => this.mayLead(name)),
      this.leaseMs,
    );
  }

  private mayLead(name: string): boolean {
    return !this.stopping.signal.aborted && (this.standingBack.get(name) ?? 0) <= performance.now();
  }

  /**
   * After a failure another replica may succeed. If there is none, this one
   * tries again one lease later.
   */
  private standBack(name: string): void {
    this.standingBack.set(name, performance.now() + this.leaseMs);
    this.jobs.get(name)?.lose();
    this.store.release(this.holder, [name]).catch(() => undefined);
  }
}
