import { Stack } from '../tools/stack/stack.js';
import {
  makeTestFolder,
  removeForgottenTestFolders,
  removeTestFolder,
} from '../tools/stack/test-folder.js';
import { TerminalReporter } from '../tools/terminal/terminal-reporter.js';
import { measureAll } from './measure-all.js';
import { load, machine } from './report/machine.js';
import { report, reportEnd } from './report/report.js';
import { runBench } from './run-bench.js';
import { setStage, type Stage } from './stage.js';
import { withoutLimits } from './without-limits.js';

/** No log line for each request. */
const env = { ...withoutLimits, LOG_LEVEL: 'warn' };

/**
 * The system beside its baseline, on private servers.
 * @returns the exit code
 */
export async function besideBaseline(): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const folder = makeTestFolder();
  const stack = new Stack({ folder, env, reporter });
  let stage: Stage | undefined;
  return runBench(reporter, {
    work: async () => {
      const loadBefore = load();
      await removeForgottenTestFolders();
      await stack.start();
      await stack.brokerReady;
      stage = await setStage(stack);
      const measured = await measureAll(stage, (progress) => {
        reporter.say(`  … ${progress}`);
      });
      const lines = [
        `${machine()} · ${stage.versions} · load ${loadBefore} before, ${load()} after`,
        ...report(measured),
        '',
        ...reportEnd(measured, stage.rows.polls),
      ];
      process.stdout.write(`\n${lines.join('\n')}\n\n`);
    },
    stop: async () => {
      await stage?.close();
      await stack.stop();
      await removeTestFolder(folder);
    },
    stopNow: () => {
      stack.stopNow();
    },
  });
}
