import { LauncherFault } from '../fault.js';
import { type Keeper } from './keeper.js';

/** So often may a process end by itself before it has ever answered. */
const attempts = 3;

/**
 * What to ask between two looks at whether a process answers at last.
 * @param timeoutMs milliseconds from now
 * @throws LauncherFault with its last lines when waiting makes no sense any more
 */
export function giveUpAfter(process: Keeper, timeoutMs: number): () => void {
  const deadline = Date.now() + timeoutMs;
  return () => {
    if (process.isStopping) throw new LauncherFault('The start was broken off.');
    if (process.failures >= attempts)
      throw new LauncherFault(`${process.name} does not start.${process.tail.quote()}`);
    if (Date.now() > deadline)
      throw new LauncherFault(
        `${process.name} did not get ready within ${timeoutMs / 1000} s.${process.tail.quote()}`,
      );
  };
}
