import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = join(tmpdir(), 'chaos-summary.jsonl');
const columns = [
  ['done to the system', 'done'],
  ['accepted', 'accepted'],
  ['in doubt', 'doubtful'],
  ['ended', 'ended'],
  ['lost', 'lost'],
];

/** Prints, after the run, what was done to the system and what was lost. */
export default class SummaryReporter {
  onRunStart() {
    rmSync(file, { force: true });
  }

  onRunComplete() {
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const rows = lines
      .map((line) => JSON.parse(line))
      .map((row) => columns.map(([, name]) => String(row[name])));
    const table = [columns.map(([title]) => title), ...rows];
    const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column].length)));
    const pad = (cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]);
    const print = (row) => `| ${row.map(pad).join(' | ')} |`;
    const dashes = widths.map((width, column) =>
      column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`,
    );
    const rule = `|${dashes.join('|')}|`;
    const [head, ...body] = table.map(print);
    process.stdout.write(`\n${[head, rule, ...body].join('\n')}\n\n`);
  }
}
