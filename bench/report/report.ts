import { median, percentile } from '../measure/statistics.js';
import { type Statements } from '../measure/statement-log.js';
import { type Measured } from '../measure-all.js';
import { concurrency, rounds, size } from '../plan.js';
import { type Sample } from '../round.js';
import { type Pair } from '../target.js';
import { table } from './table.js';

const heads = [
  '',
  'latency',
  'baseline',
  'ratio',
  'throughput',
  'baseline',
  'ratio',
  'statements',
  'baseline',
];

/**
 * Medians over the rounds; a ratio is the median of the rounds' own ratios, so that a
 * slow moment of the machine counts on both sides.
 */
export function report(measured: readonly Measured[]): string[] {
  const rows = measured.map(({ operation, samples, statements: { system, baseline } }) => [
    operation,
    ...compare(
      samples,
      ({ latency }) => latency,
      milliseconds,
      (pair) => pair.system / pair.baseline,
    ),
    ...compare(
      samples,
      ({ perSecond }) => perSecond,
      (value) => `${value.toFixed(0)}/s`,
      (pair) => pair.baseline / pair.system,
    ),
    `${count(system)} + ${system.relay}`,
    count(baseline),
  ]);
  return [
    ...table([heads, ...rows]),
    '',
    `Medians of ${rounds} rounds. Latency: ${size.alone} a round, one by one. ` +
      `Throughput: ${size.together} a round, ${concurrency} in flight.`,
    'A ratio of 2 is half as good as the baseline. Statements: in transactions, and + those of ' +
      'the relays.',
  ];
}

function compare(
  samples: readonly Pair<Sample>[],
  read: (sample: Sample) => number,
  show: (value: number) => string,
  ratio: (pair: Pair<number>) => number,
): string[] {
  const pairs = samples.map(({ system, baseline }) => ({
    system: read(system),
    baseline: read(baseline),
  }));
  const [system, baseline] = [
    median(pairs.map((pair) => pair.system)),
    median(pairs.map((pair) => pair.baseline)),
  ];
  return [show(system), show(baseline), median(pairs.map(ratio)).toFixed(1)];
}

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
const count = ({ request, transactions }: Statements): string => `${request} in ${transactions}`;

/**
 * What was promised of the end: how long until the rows are
 * gone, and where the time goes.
 */
export function reportEnd(measured: readonly Measured[], polls: readonly number[]): string[] {
  const all = measured.flatMap(({ samples }) =>
    samples.flatMap(({ system }) => system.destructions),
  );
  const typical = (values: readonly number[]) => milliseconds(median(values));
  const gone = all.map((destruction) => destruction.gone);
  const delivered = all
    .map((destruction) => destruction.delivered)
    .filter((value) => value !== undefined);
  return [
    `PATCH → row gone: median ${typical(gone)} ` +
      `(p95 ${milliseconds(percentile(gone, 0.95))}, n=${gone.length})`,
    `  of that: PATCH answered after ${typical(all.map(({ answered }) => answered))}, ` +
      `its event with a consumer after ${typical(delivered)}`,
    `  seen by asking the database again and again, ${typical(polls)} each time`,
  ];
}
