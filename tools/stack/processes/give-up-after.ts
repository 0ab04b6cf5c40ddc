import { LauncherError } from '../launcher-error.js';
import { type SupervisedProcess } from './supervised-process.js';

/** How often a process may end by itself before its first answer. */
const attempts = 3;

/**
 * A check to call while waiting for a process to answer.
 * @param timeoutMs milliseconds from now
 * @throws LauncherError with its last lines when it is pointless to wait on
 */
export function giveUpAfter(process: SupervisedProcess, timeoutMs: number): () => void {
  const deadline = Date.now() + timeoutMs;
  return () => {
    if (process.isStopping) throw new LauncherError('The start was broken off.');
    if (process.failures >= attempts)
      throw new LauncherError(`${process.name} does not start.${process.tail.quote()}`);
    if (Date.now() > deadline)
      throw new LauncherError(
        `${process.name} did not get ready within ${timeoutMs / 1000} s.${process.tail.quote()}`,
      );
  };
}
