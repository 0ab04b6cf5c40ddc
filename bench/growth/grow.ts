import { compareSides } from '../against/compare-sides.js';
import { copyWithPackages } from '../against/tree.js';
import { type CompareOptions } from '../options.js';
import { fill } from './fill.js';
import { measureReconciling } from './reconciling.js';
import { measureRotation } from './rotation.js';
import { type Sizes } from './sizes.js';

/**
 * This tree with empty databases, beside itself with full ones.
 * @returns the exit code
 */
export const grow = (sizes: Sizes, options: CompareOptions): Promise<number> =>
  compareSides(
    {
      what:
        `before is an empty system, now one with ${sizes.tickets} tickets, ` +
        `${sizes.live} live credentials, ${sizes.log} entries of the log`,
      launches: async (workshop) => ({
        before: { tree: await copyWithPackages(workshop.tree('empty')) },
        now: { tree: await copyWithPackages(workshop.tree('full')) },
      }),
      prepare: ({ now }, report) => fill(now.stack.description, sizes, report),
      measureMore: async ({ now }, report) => {
        report('reconciling');
        const reconciling = await measureReconciling(now);
        report('a rotation of the keys');
        return [...reconciling, ...(await measureRotation(now))];
      },
    },
    options,
  );
