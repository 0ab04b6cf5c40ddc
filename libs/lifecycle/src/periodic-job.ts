import { InterruptibleSleep } from '#waiting';
import { type Activity } from './activity.js';
import { type JobReport } from './job-report.js';

export interface JobOptions {
  /** For log and metrics, such as `idempotency-purge`. */
  readonly name: string;
  /**
   * From the end of one run to the start of the next. The first is
   * at the start of the service.
   */
  readonly seconds: number;
}

/**
 * @param stopping aborted when the service stops, so that a long run
 *   can end between two steps
 */
export type Work = (stopping: AbortSignal) => Promise<unknown>;

/**
 * Runs a piece of work again and again, one run at a time. A run that fails is reported,
 * and the next one comes all the same.
 */
export class PeriodicJob implements Activity {
  readonly name: string;
  private readonly pause = new InterruptibleSleep();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: JobOptions,
    private readonly work: Work,
    private readonly report: JobReport,
  ) {
    this.name = options.name;
  }

  start(): void {
    this.running = this.run();
  }

  /** Runs now, or once more after the run under way. Cheap: many calls make one run. */
  wake(): void {
    this.pause.wake();
  }

  /** Resolves when the run under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.pause.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const stopping = () => signal.aborted;
    while (!stopping()) {
      try {
        await this.work(signal);
        this.report.succeeded(this.name);
      } catch (error) {
        if (!stopping()) this.report.failed(this.name, error);
      }
      await this.pause.wait(this.options.seconds * 1000);
    }
  }
}
