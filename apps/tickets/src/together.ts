import { Batcher } from '#batching';
import { DatabaseSilentError, isDatabaseUnavailable, longestSilence } from '#postgres';
import { within } from '#waiting';

/**
 * What comes while the database is busy with the same is done by one statement, which
 * locks nothing but what it inserts. If that fails, each is tried alone. A connection
 * that has gone silent fails those who wait for it, and nobody after them.
 * @param perform its results in the order of the commands
 */
export function together<Command, Result>(
  perform: (commands: readonly Command[]) => Promise<Result[]>,
): Batcher<Command, Result> {
  const done = async (commands: readonly Command[]) => {
    const results = await within(longestSilence, perform(commands));
    if (results === undefined) throw new DatabaseSilentError();
    return results.map((result) => ({ done: result }));
  };
  return new Batcher({
    laneOf: () => '',
    together: done,
    alone: done,
    isFinal: isDatabaseUnavailable,
  });
}
