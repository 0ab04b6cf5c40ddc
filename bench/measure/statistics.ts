/**
 * The value below which the share `p` (0 to 1) of the values lies, by nearest rank.
 * @throws where there are none
 */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** Of an even number of values, halfway between the two in the middle. */
export const median = (values: readonly number[]): number => {
  const [half, above] = [percentile(values, 0.5), percentile(values, 0.5 + 0.5 / values.length)];
  return (half + above) / 2;
};
