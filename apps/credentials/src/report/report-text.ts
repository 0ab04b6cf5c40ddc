import { printable, table } from '#command-line';
import { type Doubt } from '../persistence/doubts.js';
import { type OperationsReport } from './operations-report.js';

/** The report for a terminal. */
export function reportText(report: OperationsReport): string {
  const { live, oldest, byStanding, outlived, overdue, failedDestructions, inDoubt, jobs } = report;
  return [
    `${live} live credentials${oldest ? `, the oldest of ${oldest.toISOString()}` : ''}`,
    ...(live > 0
      ? [
          table(
            ['their tickets', 'credentials'],
            Object.entries(byStanding).map(([told, count]) => [told, String(count)]),
          ),
        ]
      : []),
    `${outlived} outlived their ticket by more than a lease`,
    `${overdue} are past their time by more than a minute`,
    `${failedDestructions} destructions failed when they were tried last`,
    `${inDoubt.tickets} tickets are in doubt`,
    ...inDoubt.longest.map(doubtText),
    ...jobs.map(
      ({ job, finishedAt, done, failures }) => `last ${job}: ${timeOf(finishedAt)}: ${numbers(done)}; ${failures} turns failed so far`,
    ),
  ].join('\n');
}

/** What needs attention; empty if nothing does. */
export function concerns({ outlived, overdue, byStanding: { unasked = 0 }, failedDestructions, inDoubt }: OperationsReport): string[] {
  const found: readonly [number, string][] = [
    [outlived, 'credentials have outlived their ticket'],
    [overdue, 'are past their time'],
    [failedDestructions, 'destructions failed'],
    [inDoubt.tickets, 'tickets are in doubt'],
    [unasked, 'could not be asked about'],
  ];
  return found.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

const doubtText = ({ ticketId, fault, since }: Doubt): string => printable(`  ticket ${ticketId}: ${fault} since ${since.toISOString()}`);

const timeOf = (time: Date | null): string => time?.toISOString() ?? 'never';

const numbers = (done: Readonly<Record<string, number>>): string =>
  Object.entries(done)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
