import { setImmediate as turn } from 'node:timers/promises';
import { Batcher, type Outcome } from '#batching';
import { isDatabaseUnavailable, isLockTimeout, isUniqueViolation, type LockWait } from '#postgres';
import { Problem } from '#problem';
import { GrowingChain } from '../domain/growing-chain.js';
import { type HeadRow } from '../persistence/access-log.js';

/**
 * What became of a command in a batch; `deferred`: it needs a lock or a key that the
 * batch does not wait for.
 */
export type Decision<Result> = Outcome<Result> | 'deferred';

type Perform<Command, Result> = (
  commands: readonly Command[],
  lockWait: LockWait,
) => Promise<Decision<Result>[]>;

/**
 * Runs commands about tickets in batches; those of one ticket are a lane. Final are an
 * outage, since the commit may have been done, and a Problem of the whole batch, since it
 * is about the database.
 */
export const batcherOf = <Command extends { readonly ticketId: string }, Result>(
  perform: Perform<Command, Result>,
): Batcher<Command, Result> =>
  new Batcher({
    laneOf: ({ ticketId }) => ticketId,
    runBatch: (commands) => perform(commands, 'skip'),
    runLane: (commands) => performWaiting(perform, commands),
    isFinal: (error) => isDatabaseUnavailable(error) || error instanceof Problem,
  });

const maxTries = 3;

/**
 * Performs commands of one ticket, and waits for its locks. A row cannot be locked before
 * it exists: if another transaction has just inserted the gate of the ticket or the head
 * of its log, they are performed once more.
 */
async function performWaiting<Command, Result>(
  perform: Perform<Command, Result>,
  commands: readonly Command[],
  tries = 1,
): Promise<Outcome<Result>[]> {
  try {
    return (await perform(commands, 'wait')).map(requireOutcome);
  } catch (error) {
    // All commands of a ticket need the same lock: none of them would get it.
    if (isLockTimeout(error)) return commands.map(() => ({ failed: error }));
    const hasAppeared =
      error instanceof RowAppeared || isUniqueViolation(error, 'access_log_head_pkey');
    if (!hasAppeared || tries === maxTries) throw error;
    return performWaiting(perform, commands, tries + 1);
  }
}

/** A row that was not there to be locked has been inserted meanwhile. */
class RowAppeared extends Error {}

function requireOutcome<Result>(decision: Decision<Result>): Outcome<Result> {
  if (decision === 'deferred') throw new RowAppeared('a gate or the head of a log');
  return decision;
}

/**
 * The chains that are locked, and those that begin.
 * @param hasNone whether a ticket without a locked head has none at all
 */
export function chainsOf(
  ticketIds: readonly string[],
  heads: readonly HeadRow[],
  at: Date,
  hasNone: (ticketId: string) => boolean,
): Map<string, GrowingChain> {
  const locked = new Map(heads.map((head) => [head.ticketId, head]));
  const chains = ticketIds.flatMap((ticketId) => {
    const head = locked.get(ticketId);
    return head === undefined && !hasNone(ticketId) ? [] : [new GrowingChain(ticketId, head, at)];
  });
  return new Map(chains.map((chain) => [chain.ticketId, chain]));
}

export const ticketsOf = (commands: readonly { readonly ticketId: string }[]): string[] => [
  ...new Set(commands.map(({ ticketId }) => ticketId)),
];

/**
 * The key, if it is in memory; undefined if it has to be fetched from the key ring, which
 * a batch does not wait for, or if that failed: the lane will fetch it, and fail.
 */
export const ifCached = <Key>(key: Promise<Key>): Promise<Key | undefined> =>
  Promise.race([key.catch(() => undefined), turn().then(() => undefined)]);
