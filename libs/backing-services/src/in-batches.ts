import { Batcher } from '#batching';
import { DatabaseSilentError, isDatabaseUnavailable, longestSilence } from '#postgres';
import { within } from '#waiting';

/**
 * Performs commands in batches, for a statement that serves many at once and locks only
 * what it inserts. If the statement fails, each command is tried by itself. If the
 * connection has gone silent, it fails the commands that wait for it, and no later ones.
 * @param perform returns its results in the order of the commands
 */
export function inBatches<Command, Result>(
  perform: (commands: readonly Command[]) => Promise<Result[]>,
): Batcher<Command, Result> {
  const done = async (commands: readonly Command[]) => {
    const results = await within(longestSilence, perform(commands));
    if (results === undefined) throw new DatabaseSilentError();
    return results.map((result) => ({ done: result }));
  };
  return new Batcher({
    laneOf: () => '',
    runBatch: done,
    runLane: done,
    isFinal: isDatabaseUnavailable,
  });
}
