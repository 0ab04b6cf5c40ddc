import { TerminalReporter } from '../../tools/terminal/terminal-reporter.js';
import { publish } from '../against/publish.js';
import { nameOf } from '../against/tree.js';
import { Workshop } from '../against/workshop.js';
import { type CompareOptions } from '../options.js';
import { runBench } from '../run-bench.js';
import { measureStartups } from './measure-startups.js';
import { reportStartups } from './report-startups.js';

/**
 * How soon each of this tree and a commit is up, and how large it is then.
 * @returns the exit code
 */
export async function compareStartups(commit: string, options: CompareOptions): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const workshop = new Workshop(options.trees);
  return runBench(reporter, {
    work: async () => {
      const name = await nameOf(commit);
      const startups = await measureStartups(workshop, name, options, (progress) => {
        reporter.say(`  … ${progress}`);
      });
      const what = `before is ${name}, now is this tree`;
      publish(what, reportStartups(startups), startups, options.json);
    },
    stop: () => workshop.close(),
    stopNow: () => {
      workshop.stopNow();
    },
  });
}
