import { type CompareOptions } from '../options.js';
import { compareSides } from './compare-sides.js';
import { checkOut, copyWithPackages, nameOf } from './tree.js';

/**
 * This tree beside a commit.
 * @returns the exit code
 */
export async function compare(commit: string, options: CompareOptions): Promise<number> {
  const name = await nameOf(commit);
  return compareSides(
    {
      what: `before is ${name}, now is this tree`,
      launches: async (workshop) => ({
        before: { tree: await checkOut(name, workshop.tree(name)) },
        now: { tree: await copyWithPackages(workshop.tree('this')) },
      }),
    },
    options,
  );
}
