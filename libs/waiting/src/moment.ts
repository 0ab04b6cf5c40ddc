/**
 * A moment in this process, by both of its clocks: only to be
 * given to {@link elapsedSince}.
 */
export interface Moment {
  /**
   * By `performance.now()`, in milliseconds: nobody sets it, but it stands
   * still while the machine sleeps.
   */
  readonly monotonic: number;
  /**
   * In milliseconds since 1970: it goes on, or is set right, when the machine wakes
   * up, but anybody may set it.
   */
  readonly timeOfDay: number;
}

export const thisMoment = (): Moment => ({ monotonic: performance.now(), timeOfDay: Date.now() });

/**
 * Milliseconds since then, those of sleep too: the larger by either clock.
 * So a time of day that is set forwards ends a permission early, and one
 * that is set back lengthens none.
 */
export function elapsedSince(moment: Moment): number {
  const { monotonic, timeOfDay } = thisMoment();
  return Math.max(monotonic - moment.monotonic, timeOfDay - moment.timeOfDay);
}
