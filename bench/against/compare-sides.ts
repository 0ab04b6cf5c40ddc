import { TerminalReporter } from '../../tools/terminal/terminal-reporter.js';
import { type CompareOptions } from '../options.js';
import { runBench } from '../run-bench.js';
import { type ReportProgress } from '../progress.js';
import { type Launch } from './launched.js';
import { measureRounds } from './measure-rounds.js';
import { publish } from './publish.js';
import { report } from './report.js';
import { type Both, type Side, type SideName, openSide } from './side.js';
import { Workshop } from './workshop.js';

/** Two systems that are measured by turns. */
export interface Comparison {
  /** In words, for the head of the table. */
  readonly what: string;
  /** Makes what is launched. */
  readonly launches: (workshop: Workshop) => Promise<Both<Launch>>;
  /** Done when both are up, before anything is measured. */
  readonly prepare?: (sides: Both<Side>, reportProgress: ReportProgress) => Promise<void>;
  /** Measured last. @returns lines below the tables */
  readonly measureMore?: (
    sides: Both<Side>,
    reportProgress: ReportProgress,
  ) => Promise<readonly string[]>;
}

/**
 * Each its own `npm start`, on the same machine in turns.
 * @returns the exit code
 */
export async function compareSides(
  { what, launches, prepare, measureMore }: Comparison,
  options: CompareOptions,
): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const reportProgress: ReportProgress = (progress) => {
    reporter.say(`  … ${progress}`);
  };
  const workshop = new Workshop(options.trees);
  const sides: Side[] = [];
  const start = async (name: SideName, launch: Launch): Promise<Side> => {
    const stack = await workshop.launch(launch, true);
    await reporter.step(`${name} (${launch.tree})`, () => stack.up());
    const side = await openSide(name, stack, Math.max(...options.inFlight, 16));
    sides.push(side);
    return side;
  };
  return runBench(reporter, {
    work: async () => {
      const { before, now } = await launches(workshop);
      const both = { before: await start('before', before), now: await start('now', now) };
      await prepare?.(both, reportProgress);
      const measured = await measureRounds(both, options, reportProgress);
      publish(what, report(measured), measured, options.json);
      const more = await measureMore?.(both, reportProgress);
      if (more !== undefined) process.stdout.write(`${more.join('\n')}\n\n`);
    },
    stop: async () => {
      await Promise.all(sides.map((side) => side.close()));
      await workshop.close();
    },
    stopNow: () => {
      workshop.stopNow();
    },
  });
}
