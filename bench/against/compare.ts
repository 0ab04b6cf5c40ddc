import { TerminalReporter } from '../../tools/terminal/terminal-reporter.js';
import { type CompareOptions } from '../options.js';
import { runBench } from '../run-bench.js';
import { measureRounds } from './measure-rounds.js';
import { publish } from './publish.js';
import { report } from './report.js';
import { type Side, type SideName, openSide } from './side.js';
import { checkOut, copyThisTree, linkPackages, nameOf } from './tree.js';
import { Workshop } from './workshop.js';

/**
 * This tree beside a commit: each its own `npm start`, on the same machine in turns.
 * @returns the exit code
 */
export async function compare(commit: string, options: CompareOptions): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const workshop = new Workshop(options.trees);
  const sides: Side[] = [];
  const start = async (name: SideName, tree: string): Promise<Side> => {
    const stack = await workshop.launch(tree, true);
    await reporter.step(`${name} (${tree})`, () => stack.up());
    const side = await openSide(name, stack, Math.max(...options.inFlight, 16));
    sides.push(side);
    return side;
  };
  return runBench(reporter, {
    work: async () => {
      const name = await nameOf(commit);
      const both = {
        before: await start('before', await checkOut(name, workshop.tree(name))),
        now: await start('now', linkPackages(await copyThisTree(workshop.tree('this')))),
      };
      const measured = await measureRounds(both, options, (progress) => {
        reporter.say(`  … ${progress}`);
      });
      const what = `before is ${name}, now is this tree`;
      publish(what, report(measured), measured, options.json);
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
