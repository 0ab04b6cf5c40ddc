import { setTimeout as sleep } from 'node:timers/promises';
import { TerminalReporter } from '../../tools/terminal/terminal-reporter.js';
import { publish } from '../against/publish.js';
import { openSide, type Side } from '../against/side.js';
import { copyWithPackages } from '../against/tree.js';
import { Workshop } from '../against/workshop.js';
import { type CompareOptions } from '../options.js';
import { concurrency } from '../plan.js';
import { runBench } from '../run-bench.js';

/** Milliseconds in which what has just started comes to rest. */
const restMs = 3000;

export interface Outcome {
  readonly lines: readonly string[];
  /** The same for a program. */
  readonly results: object;
}

/**
 * This tree alone, by its own `npm start`, from the moment in which it is at rest and
 * nobody has called it yet.
 * @param what in words
 * @returns the exit code
 */
export async function onOneSide(
  what: string,
  { trees, json }: CompareOptions,
  measure: (side: Side) => Promise<Outcome>,
): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const workshop = new Workshop(trees);
  let side: Side | undefined;
  return runBench(reporter, {
    work: async () => {
      const tree = await copyWithPackages(workshop.tree('this'));
      const stack = await workshop.launch({ tree }, true);
      await reporter.step(tree, () => stack.up());
      await sleep(restMs);
      side = await openSide('now', stack, concurrency);
      const { lines, results } = await reporter.step(what, () => measure(side as Side));
      publish(what, lines, results, json);
    },
    stop: async () => {
      await side?.close();
      await workshop.close();
    },
    stopNow: () => {
      workshop.stopNow();
    },
  });
}
