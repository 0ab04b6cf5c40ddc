import { writeFileSync } from 'node:fs';
import { fromUser } from '../options.js';
import { load, machine } from '../report/machine.js';

/**
 * Prints what was measured, and writes it to a file too where one is named.
 * @param what in words
 * @param results for a program
 */
export function publish(
  what: string,
  lines: readonly string[],
  results: object,
  json: string | undefined,
): void {
  const head = `${machine()} · load ${load()} after · ${what}`;
  process.stdout.write(`\n${[head, '', ...lines].join('\n')}\n\n`);
  if (json !== undefined)
    writeFileSync(
      fromUser(json),
      `${JSON.stringify({ machine: machine(), what, ...results }, null, 2)}\n`,
    );
}
