import { existsSync } from 'node:fs';
import { firstIn, measureBoth } from '../against/in-turn.js';
import { type Both, type SideName } from '../against/side.js';
import { checkOut, copyThisTree } from '../against/tree.js';
import { type Workshop } from '../against/workshop.js';
import { type CompareOptions } from '../options.js';
import { removeTestFolder } from '../../tools/stack/test-folder.js';
import { type Installed, installForProduction } from './install-for-production.js';
import { type Start, startOnce } from './start-once.js';
import { type ReportProgress } from '../progress.js';

export interface Startups {
  /** A pair of each round. */
  readonly fromNothing: readonly Both<Start>[];
  readonly warm: readonly Both<Start>[];
  readonly installed: Both<Installed>;
}

/**
 * By turns, one at a time.
 * @param commit its whole name
 */
export async function measureStartups(
  workshop: Workshop,
  commit: string,
  { rounds, fromNothing: fresh }: CompareOptions,
  report: ReportProgress,
): Promise<Startups> {
  const trees = { before: workshop.tree(commit), now: workshop.tree('this') };
  const cloneAnew = async (name: SideName): Promise<string> => {
    const tree = trees[name];
    if (existsSync(tree)) await removeTestFolder(tree);
    return name === 'before' ? checkOut(commit, tree) : copyThisTree(tree);
  };
  const fromNothing: Both<Start>[] = [];
  for (let round = 0; round <= fresh; round += 1) {
    report(round === 0 ? 'from nothing, which fills the cache of npm' : `from nothing, ${round}`);
    fromNothing.push(
      await measureBoth(firstIn(round), async (name) => startOnce(workshop, await cloneAnew(name))),
    );
  }
  report('what is installed to run');
  const installed = await measureBoth('before', (name) =>
    installForProduction(trees[name], workshop.tree(`installed-${name}`)),
  );
  const warm: Both<Start>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    report(`warm, round ${round} of ${rounds}`);
    warm.push(await measureBoth(firstIn(round), (name) => startOnce(workshop, trees[name])));
  }
  return { fromNothing: fromNothing.slice(1), warm, installed };
}
