import { Backoff } from './backoff.js';
import { isSeen } from './page-life.js';

interface Options {
  readonly look: () => void;
  /**
   * Whether a secret is on the screen: then nothing may be missed for long,
   * whether or not somebody sees it.
   */
  readonly isShowing: () => boolean;
}

/**
 * Without a stream everything is looked at this often, in ms, while a secret is shown.
 */
const oftenMs = 5_000;
/** Otherwise it becomes rarer up to this. */
const rareMs = 60_000;
/** How soon after a token's end to look, and again where it was still taken, in ms. */
const lookAfterMs = 1_000;
const stillGoodMs = 30_000;

/**
 * When to look at everything: once after each gap in what a stream tells, until that
 * succeeds, and again and again while there is none. A tab that nobody sees and that
 * shows no secret does not look until somebody does see it.
 */
export class Looks {
  /** Whether a stream tells of everything. */
  isTold = false;
  private isOwed = false;
  private dueAt = Infinity;
  private readonly pauses = new Backoff(oftenMs, rareMs);
  private notBefore = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: Options) {}

  start(): void {
    this.timer = setInterval(this.lookIfDue, oftenMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** From now on a stream tells of everything, but not of what was before. */
  told(): void {
    this.isTold = this.isOwed = true;
    this.lookIfDue();
  }

  /** No more. @param isLasting that may take a while */
  untold(isLasting: boolean): void {
    const wasTold = this.isTold;
    this.isTold = false;
    if (wasTold && isLasting) this.soon();
  }

  /**
   * What is known may be old, since the last look failed: a stream tells of what comes,
   * and never again of what was.
   */
  owe(): void {
    this.isOwed = true;
  }

  /**
   * Finds out that a token has ended, since the stream of another tab does not end with
   * it. The services may take it for longer, by the tolerance of their clocks.
   * @param exp in seconds since the epoch
   */
  lookAfter(exp: number): void {
    this.dueAt = Math.max(exp * 1000 + lookAfterMs, Date.now() + stillGoodMs);
  }

  /** Whatever has made looks rare is over. */
  soon(): void {
    this.pauses.reset();
    this.notBefore = 0;
    this.lookIfDue();
  }

  private readonly lookIfDue = (): void => {
    const isDue = this.isOwed || !this.isTold || Date.now() >= this.dueAt;
    const isTime = isSeen() && Date.now() >= this.notBefore;
    if (!isDue || !(isTime || this.options.isShowing())) return;
    this.isOwed = false;
    this.dueAt = Infinity;
    this.notBefore = Date.now() + this.pauses.next();
    this.options.look();
  };
}
