import { Problem } from '#problem';
import { type Comparison } from './compare-clock.js';

/**
 * Milliseconds by which the time of day and the monotonic clock may part before
 * somebody must have set the former.
 */
const step = 1_000;
/**
 * Milliseconds for which a clock that was found to be off is taken to be: it may have
 * been the other one, for a moment.
 */
const verdictFor = 1_000;
/** Milliseconds for which nobody waits again for a clock that could not be asked. */
const rest = 5_000;

/**
 * Watches the time of day of this process, beside a clock that it can ask. It is
 * asked again by {@link look}, and whenever ours was set since: the monotonic clock,
 * which nobody sets, shows that.
 */
export class ClockWatch {
  private last: (Comparison & { readonly lead: number; readonly at: number }) | undefined;
  private looking: Promise<Comparison | undefined> | undefined;
  /** By `performance.now()`. */
  private restUntil = 0;

  /**
   * @param compare undefined, or a rejection, where the other clock cannot be asked
   * @param tolerance seconds by which ours may differ
   */
  constructor(
    private readonly compare: () => Promise<Comparison | undefined>,
    readonly tolerance: number,
  ) {}

  /**
   * Compares now.
   * @returns undefined where the other clock cannot be asked: then
   *   the last comparison stays
   */
  look(): Promise<Comparison | undefined> {
    this.looking ??= this.compareNow().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  /**
   * For whatever rests on the time of day. A clock that could
   * never be compared is believed.
   * @throws Problem `unavailable` where ours is known to differ
   *   by more than the tolerance
   */
  async requireRight(): Promise<void> {
    if (this.isDue()) await this.look();
    // That may have been a comparison from before the clock was set.
    if (this.isDue()) await this.look();
    if (!this.isOff()) return;
    throw new Problem(
      'unavailable',
      'The clock of this service is off, so it cannot judge tokens',
      { headers: { 'retry-after': '30' } },
    );
  }

  private isDue(): boolean {
    if (performance.now() < this.restUntil) return false;
    if (this.last === undefined || Math.abs(lead() - this.last.lead) > step) return true;
    return this.isOff() && performance.now() - this.last.at > verdictFor;
  }

  private isOff(): boolean {
    return this.last !== undefined && errorOf(this.last) > this.tolerance;
  }

  private async compareNow(): Promise<Comparison | undefined> {
    const before = lead();
    const found = await this.compare().catch(() => undefined);
    if (found === undefined) this.restUntil = performance.now() + rest;
    else this.last = { ...found, lead: before, at: performance.now() };
    return found;
  }
}

/** Seconds by which a clock is off for certain. */
export const errorOf = ({ offset, within }: Comparison): number =>
  Math.max(0, Math.abs(offset) - within);

/** Of the time of day before the monotonic clock, in milliseconds. */
const lead = (): number => Date.now() - performance.now();
