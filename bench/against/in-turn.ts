import { type Both, type SideName, sideNames } from './side.js';

/** Before, now, now, before, …: which side goes first in a round, from 1 on. */
export const firstIn = (round: number): SideName => (round % 2 === 0 ? 'now' : 'before');

/** One after the other: only one side works at a time. */
export async function measureBoth<Result>(
  first: SideName,
  measureOne: (name: SideName) => Promise<Result>,
): Promise<Both<Result>> {
  const results: Partial<Record<SideName, Result>> = {};
  for (const name of first === 'before' ? sideNames : sideNames.toReversed())
    results[name] = await measureOne(name);
  return results as Both<Result>;
}
