import { table } from '../report/table.js';
import { type Measured } from './measure-rounds.js';
import { measuredProcesses } from './memory.js';
import { roles, sumOf } from './processor.js';
import { type Sample } from './round.js';
import { sideNames } from './side.js';
import { type Summary } from './summary.js';

const fixed = (value: number, digits: number): string => value.toFixed(digits);
const times = (value: number): string => `${fixed(value, 2)} ×`;

export const report = ({ rounds, summaries, idle, memory }: Measured): string[] => [
  ...reportRatios(summaries),
  '',
  ...reportProcessor(summaries),
  '',
  ...reportMemory(memory),
  '',
  `Medians of ${rounds} rounds, ratios now ÷ before. Idle, processor time a second: ` +
    `${idle.before.toFixed(0)} ms before, ${idle.now.toFixed(0)} ms now.`,
];

/** Throughput, latency and processor time of both sides, and their ratios. */
function reportRatios(summaries: readonly Summary[]): string[] {
  const heads = ['', 'in flight', 'per s', 'now', '', 'p50 ms', 'now', '', 'p99 ms', 'now'];
  const rows = summaries.map(({ operation, inFlight, before, now, ratio }) => [
    operation,
    String(inFlight),
    fixed(before.perSecond, 0),
    fixed(now.perSecond, 0),
    times(ratio.perSecond),
    fixed(before.p50, 1),
    fixed(now.p50, 1),
    times(ratio.p50),
    fixed(before.p99, 1),
    fixed(now.p99, 1),
    fixed(sumOf(before.processor), 2),
    fixed(sumOf(now.processor), 2),
    times(ratio.processor),
    `${before.failed} ${now.failed}`,
  ]);
  return table([[...heads, 'CPU ms', 'now', '', 'failed'], ...rows]);
}

/** Milliseconds of processor time per operation, by what the processes are. */
function reportProcessor(summaries: readonly Summary[]): string[] {
  const rows = summaries.flatMap((summary) =>
    sideNames.map((name) => [
      summary.operation,
      String(summary.inFlight),
      name,
      ...cells(summary[name]),
    ]),
  );
  return table([['CPU ms', 'in flight', '', ...roles, 'sum'], ...rows]);
}

const cells = ({ processor }: Sample): string[] =>
  [...roles.map((role) => processor[role]), sumOf(processor)].map((value) => fixed(value, 2));

/** Idle, before anybody called, and after all rounds. */
function reportMemory({ fresh, loaded }: Measured['memory']): string[] {
  const rows = measuredProcesses.map((role) => [
    role,
    ...[fresh, loaded].flatMap(({ before, now }) => [
      fixed(before[role], 0),
      fixed(now[role], 0),
      times(now[role] / before[role]),
    ]),
  ]);
  return table([['resident MB', 'fresh', 'now', '', 'after', 'now', ''], ...rows]);
}
