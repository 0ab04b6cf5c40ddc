/** This process's clock beside another one. */
export interface Comparison {
  /** Seconds that ours is ahead; negative where it is behind. */
  readonly offset: number;
  /** Seconds that the offset may be wrong by, since reading the other clock took time. */
  readonly within: number;
}

/**
 * @param read the other clock, in milliseconds since 1970
 * @param resolution milliseconds to which the other clock is cut off
 */
export async function compareClock(
  read: () => Promise<number>,
  resolution = 0,
): Promise<Comparison> {
  const [ours, began] = [Date.now(), performance.now()];
  const theirs = await read();
  const took = performance.now() - began;
  return {
    offset: (ours + took / 2 - (theirs + resolution / 2)) / 1000,
    within: (took + resolution) / 2000,
  };
}

/**
 * @returns the one that differs least, undefined if there is none: a clock that agrees
 *   with any of several is believed
 */
export const nearest = (comparisons: readonly Comparison[]): Comparison | undefined =>
  comparisons.toSorted((one, other) => Math.abs(one.offset) - Math.abs(other.offset))[0];
