import { printable, table } from '#command-line';
import { type DatabaseDoubt } from '../persistence/database-mark.js';
import { type Doubt } from '../persistence/doubts.js';
import { type OperationsReport } from '../queries/operations-report.js';

/** The report for a terminal. */
export function reportText(report: OperationsReport): string {
  const {
    live,
    oldest,
    byStanding,
    outlived,
    overdue,
    failedDestructions,
    inDoubt,
    databaseDoubt,
    jobs,
  } = report;
  return [
    `${live} live credentials${oldest ? `, the oldest of ${oldest.toISOString()}` : ''}`,
    ...(live > 0
      ? [
          table(
            ['their tickets', 'credentials'],
            Object.entries(byStanding).map(([standing, count]) => [standing, String(count)]),
          ),
        ]
      : []),
    `${outlived} outlived their ticket by more than a lease`,
    `${overdue} are past their time by more than a minute`,
    `${failedDestructions} destructions failed when they were tried last`,
    `${inDoubt.tickets} tickets are in doubt`,
    ...inDoubt.longest.map(doubtText),
    ...(databaseDoubt ? [databaseDoubtText(databaseDoubt)] : []),
    ...jobs.map(
      ({ job, finishedAt, done, failures }) =>
        `last ${job}: ${timeOf(finishedAt)}: ${numbers(done)}; ${failures} turns failed so far`,
    ),
  ].join('\n');
}

/** What needs attention; empty if nothing does. */
export function concerns({
  outlived,
  overdue,
  byStanding,
  failedDestructions,
  inDoubt,
  databaseDoubt,
}: OperationsReport): string[] {
  const found: readonly [number, string][] = [
    [outlived, 'credentials have outlived their ticket'],
    [overdue, 'are past their time'],
    [failedDestructions, 'destructions failed'],
    [inDoubt.tickets, 'tickets are in doubt'],
    [byStanding.unasked ?? 0, 'could not be asked about'],
  ];
  const counted = found.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return databaseDoubt === null ? counted : ['the database is in doubt', ...counted];
}

const doubtText = ({ ticketId, fault, since }: Doubt): string =>
  printable(`  ticket ${ticketId}: ${fault} since ${since.toISOString()}`);

const databaseDoubtText = ({ fault, since }: DatabaseDoubt): string =>
  `the database is in doubt since ${since.toISOString()}: ${fault}`;

const timeOf = (time: Date | null): string => time?.toISOString() ?? 'never';

const numbers = (done: Readonly<Record<string, number>>): string =>
  Object.entries(done)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
