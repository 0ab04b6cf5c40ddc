import { elapsedSince, type Moment, InterruptibleSleep, thisMoment, within } from '#waiting';
import { type Activity } from './activity.js';

interface SampledOptions<T> {
  readonly name: string;
  readonly ask: () => Promise<T>;
  /** From an answer to the next question; default 5. */
  readonly seconds?: number;
}

/**
 * Milliseconds after which a question counts as failed. Its late
 * answer counts all the same.
 */
const timeoutMs = 2_000;

/**
 * The answer to a question that is asked in the background, again and again, one at
 * a time: whoever wants it never waits for it. A failure leaves the last answer as
 * it was, and that grows old.
 */
export class Sampled<T> implements Activity {
  readonly name: string;
  private readonly pause = new InterruptibleSleep();
  private latest: { readonly value: T; readonly at: Moment } | undefined;
  private failed = false;
  private stopped = false;

  constructor(private readonly options: SampledOptions<T>) {
    this.name = options.name;
  }

  /** The last answer, and how old it is; undefined before the first. */
  get last(): { readonly value: T; readonly ageSeconds: number } | undefined {
    if (this.latest === undefined) return undefined;
    const { value, at } = this.latest;
    return { value, ageSeconds: elapsedSince(at) / 1_000 };
  }

  /** Whether the last question failed, or waits for its answer for too long. */
  get failing(): boolean {
    return this.failed;
  }

  start(): void {
    void this.run();
  }

  /** Does not wait for a question under way, which changes nothing. */
  stop(): Promise<void> {
    this.stopped = true;
    this.pause.wake();
    return Promise.resolve();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await this.sample();
      await this.pause.wait((this.options.seconds ?? 5) * 1_000);
    }
  }

  private async sample(): Promise<void> {
    const asked = this.options.ask().then(
      (value) => {
        this.latest = { value, at: thisMoment() };
        this.failed = false;
        return true;
      },
      () => {
        this.failed = true;
        return true;
      },
    );
    if (!(await within(timeoutMs, asked))) this.failed = true;
    await asked;
  }
}
