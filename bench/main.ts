/**
 * `npm run bench`: the system beside its baseline, on private servers. What is measured,
 * and how to read it: bench/README.md.
 */
import { constants } from 'node:os';
import { explain } from '../tools/stack/launcher-error.js';
import { Stack } from '../tools/stack/stack.js';
import {
  makeTestFolder,
  removeForgottenTestFolders,
  removeTestFolder,
} from '../tools/stack/test-folder.js';
import { runUntilInterrupted } from '../tools/terminal/run-until-interrupted.js';
import { TerminalReporter } from '../tools/terminal/terminal-reporter.js';
import { measureAll } from './measure-all.js';
import { load, machine } from './report/machine.js';
import { report, reportEnd } from './report/report.js';
import { setStage, type Stage } from './stage.js';

/**
 * The defaults, not the settings of the shell. Two differ: no limits, since they would be
 * what is measured, and no log line for each request.
 */
const env = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  STACK_NO_INSTALL: process.env['STACK_NO_INSTALL'],
  RATE_LIMIT_PER_ADDRESS: '0',
  RATE_LIMIT_REVEALS: '0',
  RATE_LIMIT_SUBMITS: '0',
  MASS_REVEAL_TICKETS: '0',
  LOG_LEVEL: 'warn',
};

const reporter = new TerminalReporter(process.stderr, process.env);
const folder = makeTestFolder();
const stack = new Stack({ folder, env, reporter });
const loadBefore = load();
let stage: Stage | undefined;

async function bench(): Promise<number> {
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
    ...reportEnd(measured, stage.rows.looks),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
  return 0;
}

process.exit(
  await runUntilInterrupted({
    work: bench,
    stop: async () => {
      await stage?.close();
      await stack.stop();
      await removeTestFolder(folder);
    },
    stopNow: () => {
      stack.stopNow();
    },
    onInterrupt: (signal) => {
      reporter.say('Stopping …');
      return 128 + constants.signals[signal];
    },
    onFailure: (error) => {
      reporter.fail(explain(error));
    },
  }),
);
