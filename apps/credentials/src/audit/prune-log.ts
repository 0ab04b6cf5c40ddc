import { type Database, type Sql } from '#postgres';
import { byTicket } from '../persistence/by-ticket.js';
import {
  chainOf,
  type Cut,
  cutsAfter,
  deleteEntries,
  entriesOf,
  lockChain,
  readOneMoment,
  moveStart,
} from '../persistence/chains.js';
import { isAnythingStored } from '../persistence/stored-credentials.js';
import { type ChainFault, verifyChain } from './verify-chain.js';

/** Entries that one transaction deletes at most. */
const batch = 1000;
/** Chains that are looked for at a time, which reads the whole log. */
const page = 10_000;

interface Pruned {
  readonly chains: number;
  readonly entries: number;
  /** Chains that do not verify; nothing was deleted from them. */
  readonly faults: readonly ChainFault[];
}

/**
 * Something is stored under the ticket meanwhile, or somebody else prunes its chain: what
 * was deleted in this transaction stays.
 */
class Interrupted extends Error {}

/**
 * Deletes old entries of the access log, of tickets under which nothing is stored. A
 * chain is cut after an entry that a signed checkpoint covers, so that the rest begins at
 * a hash that nobody can replace; and only after it was verified, so that no cut hides a
 * change. Nobody who appends waits for more than the last statements of one batch.
 * @param database as the owner: the service itself may not delete from the log
 * @param days how old an entry must be
 */
export async function pruneLog(database: Database, days: number): Promise<Pruned> {
  const faults: ChainFault[] = [];
  let [chains, entries] = [0, 0];
  for await (const cut of byTicket(page, (after, limit) =>
    cutsAfter(database, days, after, limit),
  )) {
    const result = await prune(database, cut);
    if (typeof result !== 'number') faults.push(result);
    else if (result > 0) [chains, entries] = [chains + 1, entries + result];
  }
  return { chains, entries, faults };
}

/**
 * Entries never change, so what was verified without a lock is
 * still so when it is deleted.
 * @returns how many entries were deleted
 */
async function prune(database: Database, { ticketId, seq }: Cut): Promise<number | ChainFault> {
  const { start, fault } = await database.transaction((tx) => look(tx, ticketId));
  if (fault !== undefined) return fault;
  let from = start;
  while (from < seq) {
    const to = Math.min(from + batch, seq);
    if (!(await deleteBatch(database, ticketId, from, to))) break;
    from = to;
  }
  return from - start;
}

/**
 * @param tx of its own, in which the whole chain is seen as at one moment,
 *   while others append to it
 */
async function look(
  tx: Sql,
  ticketId: string,
): Promise<{ readonly start: number; readonly fault: ChainFault | undefined }> {
  await readOneMoment(tx);
  const chain = await chainOf(tx, ticketId);
  return { start: chain.start.seq, fault: await verifyChain(chain, entriesOf(tx, ticketId)) };
}

/**
 * The chain is locked last, since the deletion may wait for who else changes these
 * entries. Once it is locked, and in a statement of its own, it is checked that nothing
 * is stored: a submit holds that lock until it commits.
 * @returns whether it was done; if not, nothing was
 */
async function deleteBatch(
  database: Database,
  ticketId: string,
  from: number,
  to: number,
): Promise<boolean> {
  try {
    await database.transaction(async (tx) => {
      const hash = await deleteEntries(tx, ticketId, to);
      const { start } = await lockChain(tx, ticketId);
      if (hash === undefined || start.seq !== from || (await isAnythingStored(tx, ticketId)))
        throw new Interrupted();
      await moveStart(tx, ticketId, { seq: to, hash });
    });
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    throw error;
  }
}
