import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from '../../tools/stack/launcher-error.js';
import { repositoryRoot } from '../../tools/stack/paths.js';
import { Stack } from '../../tools/stack/stack.js';
import {
  makeTestFolder,
  removeForgottenTestFolders,
  removeTestFolder,
} from '../../tools/stack/test-folder.js';
import { TerminalReporter } from '../../tools/terminal/terminal-reporter.js';
import { runBench } from '../run-bench.js';
import { withoutLimits } from '../without-limits.js';
import { type Ring, enterRing } from './ring.js';
import { type Shares, judge } from './judge.js';
import { measureShares } from './measure-shares.js';

const recordFile = join(repositoryRoot(), 'bench/guard/recorded.json');
/** A moment of the machine may hit one measurement; what has become slow stays so. */
const maxAttempts = 3;

/**
 * The system beside the bare floor, on the same PostgreSQL: seconds, for every build.
 * @param isRecording writes down what was measured, instead of judging by what was
 * @returns the exit code; 1 where something is less than half as fast as recorded
 */
export async function guard(isRecording: boolean): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const folder = makeTestFolder();
  // The launcher, which would copy each line, is the one that calls.
  const stack = new Stack({ folder, env: { ...withoutLimits, LOG_LEVEL: 'warn' }, reporter });
  let ring: Ring | undefined;
  return runBench(reporter, {
    work: async () => {
      await removeForgottenTestFolders();
      const description = await stack.start();
      await stack.brokerReady;
      ring = await enterRing(description);
      if (isRecording) await record(ring);
      else await requireShares(ring);
    },
    stop: async () => {
      await ring?.close();
      await stack.stop();
      await removeTestFolder(folder);
    },
    stopNow: () => {
      stack.stopNow();
    },
  });
}

async function record(ring: Ring): Promise<void> {
  const measured = await measureShares(ring);
  writeFileSync(recordFile, `${JSON.stringify(measured, null, 2)}\n`);
  process.stdout.write(`${judge(measured, measured).lines.join('\n')}\n`);
}

/** @throws LauncherError where something was less than half as fast each time */
async function requireShares(ring: Ring): Promise<void> {
  const recorded = JSON.parse(readFileSync(recordFile, 'utf8')) as Shares;
  for (let attempt = 1; ; attempt += 1) {
    const { lines, faults } = judge(recorded, await measureShares(ring));
    process.stdout.write(`${lines.join('\n')}\n`);
    if (faults.length === 0) return;
    if (attempt === maxAttempts) throw new LauncherError(faults.join('\n'));
  }
}
