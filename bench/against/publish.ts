import { writeFileSync } from 'node:fs';
import { fromUser } from '../options.js';
import { load, machine } from '../report/machine.js';
import { type Measured } from './measure-rounds.js';
import { reportMemory, reportProcessor, reportRatios } from './report.js';

/** Prints what was measured, and writes it to a file too where one is named. */
export function publish(measured: Measured, commit: string, json: string | undefined): void {
  const { rounds, summaries, idle, memory } = measured;
  const lines = [
    `${machine()} · load ${load()} after · before is ${commit}, now is this tree`,
    '',
    ...reportRatios(summaries),
    '',
    ...reportProcessor(summaries),
    '',
    ...reportMemory(memory),
    '',
    `Medians of ${rounds} rounds, ratios now ÷ before. Idle, processor time a second: ` +
      `${idle.before.toFixed(0)} ms before, ${idle.now.toFixed(0)} ms now.`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
  if (json !== undefined)
    writeFileSync(
      fromUser(json),
      `${JSON.stringify({ machine: machine(), commit, ...measured }, null, 2)}\n`,
    );
}
