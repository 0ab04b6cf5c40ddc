import { setImmediate as turn } from 'node:timers/promises';
import { Batcher, type Outcome } from '#batching';
import { isDatabaseUnavailable, isLockTimeout, isUniqueViolation } from '#postgres';
import { Problem } from '#problem';
import { GrowingChain } from '../domain/growing-chain.js';
import { type HeadRow } from '../persistence/access-log.js';
import { type LockWait } from '../persistence/gates.js';

/** What became of a command in a batch; `apart`: it has to wait for somebody. */
export type Decision<Result> = Outcome<Result> | 'apart';

type Perform<Command, Result> = (
  commands: readonly Command[],
  lockWait: LockWait,
) => Promise<Decision<Result>[]>;

/**
 * Commands about tickets, those of one ticket in the order of arrival. An outage fails
 * every command of a batch, whose commit may have been done; so does a refusal of the
 * batch, which is about the database.
 */
export const batchesOf = <Command extends { readonly ticketId: string }, Result>(
  perform: Perform<Command, Result>,
): Batcher<Command, Result> =>
  new Batcher({
    laneOf: ({ ticketId }) => ticketId,
    together: (commands) => perform(commands, 'skip'),
    alone: (commands) => waiting(perform, commands),
    isFinal: (error) => isDatabaseUnavailable(error) || error instanceof Problem,
  });

const maxTries = 3;

/**
 * Once more where somebody else made the gate of the ticket, or began its log, at the
 * same moment: now it is there, and can be waited for.
 */
async function waiting<Command, Result>(
  perform: Perform<Command, Result>,
  commands: readonly Command[],
  tries = 1,
): Promise<Outcome<Result>[]> {
  try {
    return (await perform(commands, 'wait')).map(requireOutcome);
  } catch (error) {
    // All of a ticket wait for the same lock: one has waited for the others too.
    if (isLockTimeout(error)) return commands.map(() => ({ failed: error }));
    const isThereNow = error instanceof Missed || isUniqueViolation(error, 'access_log_head_pkey');
    if (!isThereNow || tries === maxTries) throw error;
    return waiting(perform, commands, tries + 1);
  }
}

/** What was not there to be waited for is there now. */
class Missed extends Error {}

function requireOutcome<Result>(decision: Decision<Result>): Outcome<Result> {
  if (decision === 'apart') throw new Missed('a gate or a log has come meanwhile');
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
 * A key that is in memory, or undefined: for what waits for nobody, the key ring neither.
 * What cannot be had is found out by who waits for it.
 */
export const atHand = <Key>(key: Promise<Key>): Promise<Key | undefined> =>
  Promise.race([key.catch(() => undefined), turn().then(() => undefined)]);
