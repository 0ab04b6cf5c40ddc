import { Backoff } from './backoff.js';
import { isVisible } from './page-life.js';

interface PollScheduleOptions {
  readonly poll: () => void;
  /**
   * Whether a secret is on the screen: then no end may be missed for long, even while the
   * tab is hidden.
   */
  readonly isSecretShown: () => boolean;
}

/** The interval without a stream while a secret is shown, in ms. */
const shortestMs = 5_000;
/** Otherwise the interval grows up to this. */
const longestMs = 60_000;
/** How soon after a token's expiry to poll, and again if it is still accepted, in ms. */
const afterExpiryMs = 1_000;
const stillAcceptedMs = 30_000;

/**
 * When to fetch everything: once after each gap in the stream, until that succeeds, and
 * regularly while there is no stream. A hidden tab that shows no secret waits until it is
 * visible.
 */
export class PollSchedule {
  /** Whether a stream delivers every event. */
  isStreaming = false;
  private isPending = false;
  private expiryCheckAt = Infinity;
  private readonly pauses = new Backoff(shortestMs, longestMs);
  private notBefore = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: PollScheduleOptions) {}

  start(): void {
    this.timer = setInterval(this.pollIfDue, shortestMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** From now on a stream delivers every event; earlier changes have to be fetched. */
  streamBegan(): void {
    this.isStreaming = this.isPending = true;
    this.pollIfDue();
  }

  /** @param isLasting that may take a while */
  streamLost(isLasting: boolean): void {
    const wasTold = this.isStreaming;
    this.isStreaming = false;
    if (wasTold && isLasting) this.resume();
  }

  /** The last poll failed: a stream delivers what comes, and never repeats what was. */
  repeat(): void {
    this.isPending = true;
  }

  /**
   * Notices that this tab's token has expired although the stream, which another tab
   * opened, goes on. Services may accept it a little longer (clock tolerance).
   * @param exp in seconds since the epoch
   */
  pollAfterExpiry(exp: number): void {
    this.expiryCheckAt = Math.max(exp * 1000 + afterExpiryMs, Date.now() + stillAcceptedMs);
  }

  /** The reason for long intervals is over: polls at once where one is due. */
  resume(): void {
    this.pauses.reset();
    this.notBefore = 0;
    this.pollIfDue();
  }

  private readonly pollIfDue = (): void => {
    const isDue = this.isPending || !this.isStreaming || Date.now() >= this.expiryCheckAt;
    const isTime = isVisible() && Date.now() >= this.notBefore;
    if (!isDue || !(isTime || this.options.isSecretShown())) return;
    this.isPending = false;
    this.expiryCheckAt = Infinity;
    this.notBefore = Date.now() + this.pauses.next();
    this.options.poll();
  };
}
