import { type CompareOptions } from '../options.js';
import { compareSides } from './compare-sides.js';
import { copyWithPackages } from './tree.js';

/**
 * This tree with one process of each service, beside itself with several.
 * @returns the exit code
 */
export const compareReplicas = (count: number, options: CompareOptions): Promise<number> =>
  compareSides(
    {
      what: `before is one replica of each service, now ${count}`,
      launches: async (workshop) => ({
        before: { tree: await copyWithPackages(workshop.tree('one')) },
        now: {
          tree: await copyWithPackages(workshop.tree('several')),
          env: replicas(count),
        },
      }),
    },
    options,
  );

const replicas = (count: number): NodeJS.ProcessEnv => ({
  REPLICAS_GATEWAY: String(count),
  REPLICAS_TICKETS: String(count),
  REPLICAS_CREDENTIALS: String(count),
});
