import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One line of the table that summary-reporter.mjs prints after the run. */
export interface SummaryLine {
  readonly done: string;
  readonly accepted: number;
  readonly doubtful: number;
  readonly ended: number;
  readonly lost: number;
}

/** In the temporary folder of this run, which goes with it. */
export const addToSummary = (line: SummaryLine): void => {
  appendFileSync(join(tmpdir(), 'chaos-summary.jsonl'), `${JSON.stringify(line)}\n`);
};
