import { Batcher } from '#batching';
import { isDatabaseUnavailable } from '#postgres';

/**
 * What comes while the database is busy with the same is done by one statement, which
 * waits for no lock. If that fails, each is tried alone.
 * @param perform its results in the order of the commands
 */
export function together<Command, Result>(
  perform: (commands: readonly Command[]) => Promise<Result[]>,
): Batcher<Command, Result> {
  const done = async (commands: readonly Command[]) =>
    (await perform(commands)).map((result) => ({ done: result }));
  return new Batcher({
    laneOf: () => '',
    together: done,
    alone: done,
    isFinal: isDatabaseUnavailable,
  });
}
