import { median } from '../measure/statistics.js';
import { type ProcessorTime, roles, sumOf } from './processor.js';
import { type Measurement, type Sample } from './round.js';

/** What all rounds say about one operation with so many in flight: medians. */
export interface Summary {
  readonly operation: string;
  readonly inFlight: number;
  readonly before: Sample;
  readonly now: Sample;
  /**
   * Now by before: the median of the rounds' own ratios, so that a slow moment of the
   * machine counts on both sides.
   */
  readonly ratio: {
    readonly perSecond: number;
    readonly p50: number;
    readonly processor: number;
  };
}

/** @param rounds with the same measurements in the same order */
export function summarize(rounds: readonly (readonly Measurement[])[]): readonly Summary[] {
  const [first = []] = rounds;
  return first.map(({ operation, inFlight }, index) => {
    const pairs = rounds.flatMap((round) => round[index]?.samples ?? []);
    const ratio = (read: (sample: Sample) => number): number =>
      median(pairs.map(({ now, before }) => read(now) / read(before)));
    return {
      operation,
      inFlight,
      before: middle(pairs.map(({ before }) => before)),
      now: middle(pairs.map(({ now }) => now)),
      ratio: {
        perSecond: ratio(({ perSecond }) => perSecond),
        p50: ratio(({ p50 }) => p50),
        processor: ratio(({ processor }) => sumOf(processor)),
      },
    };
  });
}

function middle(samples: readonly Sample[]): Sample {
  const of = (read: (sample: Sample) => number): number => median(samples.map(read));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    failed: samples.reduce((sum, { failed }) => sum + failed, 0),
    processor: Object.fromEntries(
      roles.map((role) => [role, of(({ processor }) => processor[role])]),
    ) as ProcessorTime,
  };
}
