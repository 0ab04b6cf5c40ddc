import { constants } from 'node:os';
import { explain } from '../tools/stack/launcher-error.js';
import { runUntilInterrupted } from '../tools/terminal/run-until-interrupted.js';
import { type TerminalReporter } from '../tools/terminal/terminal-reporter.js';

export interface Bench {
  work(): Promise<void>;
  /** Called once, after success, failure and Ctrl-C alike. */
  stop(): Promise<void>;
  /** The second Ctrl-C. */
  stopNow(): void;
}

/** @returns the exit code */
export const runBench = (reporter: TerminalReporter, bench: Bench): Promise<number> =>
  runUntilInterrupted({
    work: () => bench.work().then(() => 0),
    stop: () => bench.stop(),
    stopNow: () => {
      bench.stopNow();
    },
    onInterrupt: (signal) => {
      reporter.say('Stopping …');
      return 128 + constants.signals[signal];
    },
    onFailure: (error) => {
      reporter.fail(explain(error));
    },
  });
