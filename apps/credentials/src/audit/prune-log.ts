import { type Database, type Sql } from '#postgres';
import { cutChain, type Cut, entriesOf, isAnythingStored, lockChain, oldCuts } from '../persistence/chains.js';
import { type ChainFault, verifyChain } from './verify-chain.js';

export interface Pruned {
  readonly chains: number;
  readonly entries: number;
  /** Chains that do not verify; nothing was deleted from them. */
  readonly faults: readonly ChainFault[];
}

/**
 * Deletes old entries of the access log, of tickets under which nothing is stored. A chain is cut after an entry that a signed checkpoint
 * covers, so that the rest begins at a hash that nobody can replace; and only after it was verified, so that no cut hides a change.
 * @param database as the owner: the service itself may not delete from the log
 * @param days how old an entry must be
 */
export async function pruneLog(database: Database, days: number): Promise<Pruned> {
  const faults: ChainFault[] = [];
  let [chains, entries] = [0, 0];
  for (const cut of await oldCuts(database, days)) {
    const result = await database.transaction((tx) => prune(tx, cut));
    if (typeof result !== 'number') faults.push(result);
    else if (result > 0) [chains, entries] = [chains + 1, entries + result];
  }
  return { chains, entries, faults };
}

/**
 * Checks again, under the lock of the chain and in a statement of its own, that nothing is stored: a submit holds that lock until it
 * commits.
 * @returns how many entries were deleted; none where something was stored meanwhile
 */
async function prune(tx: Sql, { ticketId, seq }: Cut): Promise<number | ChainFault> {
  const chain = await lockChain(tx, ticketId);
  if (await isAnythingStored(tx, ticketId)) return 0;
  const fault = await verifyChain(chain, entriesOf(tx, ticketId));
  return fault ?? cutChain(tx, ticketId, seq);
}
