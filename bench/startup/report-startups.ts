import { measuredProcesses } from '../against/memory.js';
import { type Both } from '../against/side.js';
import { median } from '../measure/statistics.js';
import { table } from '../report/table.js';
import { type Startups } from './measure-startups.js';
import { type Start } from './start-once.js';

const seconds = ({ answered }: Start): number => answered / 1000;
const launcher = ({ memory }: Start): number => memory.launcher;

/** Medians of both sides, and of the rounds' own ratios, beside what is aimed at. */
export function reportStartups({ fromNothing, warm, installed }: Startups): string[] {
  const rows = [
    row('warm, to the first answer, s', mapBoth(warm, seconds), 2, '≤ 0.6 ×'),
    ...(fromNothing.length === 0
      ? []
      : [
          row('from nothing, s', mapBoth(fromNothing, seconds), 1, '≤ 0.9 ×'),
          row('launcher that has built, MB', mapBoth(fromNothing, launcher), 0, '≤ 100 MB'),
        ]),
    row('launcher, MB', mapBoth(warm, launcher), 0, '≤ 100 MB'),
    ...measuredProcesses.map((role) =>
      row(
        `${role}, idle, MB`,
        mapBoth(warm, ({ memory }) => memory[role]),
        0,
        '≤ 0.7 ×',
      ),
    ),
    row(
      'npm ci --omit=dev, MB',
      mapBoth([installed], ({ megabytes }) => megabytes),
      0,
      '≤ 0.8 ×',
    ),
    row(
      'packages of it',
      mapBoth([installed], ({ packages }) => packages),
      0,
      '≤ 0.8 ×',
    ),
  ];
  return [
    ...table([['', 'before', 'now', 'ratio', 'target'], ...rows]),
    '',
    `Medians of ${warm.length} warm starts and ${fromNothing.length} from nothing, ` +
      'ratios now ÷ before.',
  ];
}

const mapBoth = <From, To>(
  pairs: readonly Both<From>[],
  read: (from: From) => To,
): readonly Both<To>[] =>
  pairs.map(({ before, now }) => ({ before: read(before), now: read(now) }));

const row = (
  what: string,
  pairs: readonly Both<number>[],
  digits: number,
  target: string,
): string[] => [
  what,
  median(pairs.map(({ before }) => before)).toFixed(digits),
  median(pairs.map(({ now }) => now)).toFixed(digits),
  `${median(pairs.map(({ before, now }) => now / before)).toFixed(2)} ×`,
  target,
];
