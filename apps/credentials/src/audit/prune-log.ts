import { type Database, type Sql } from '#postgres';
import { cutChain, type Cut, entriesOf, lockChain, oldCuts } from '../persistence/chains.js';
import { type ChainFault, verifyChain } from './verify-chain.js';

export interface Pruned {
  readonly chains: number;
  readonly entries: number;
  /** Chains that are not as they were written; nothing was cut from them. */
  readonly faults: readonly ChainFault[];
}

/**
 * Deletes old entries of the access log, of tickets under which nothing is stored. A chain is cut after an entry that a signed checkpoint
 * covers, so that what is left begins at a hash that nobody can exchange; and never before it was verified, so that no cut hides a change.
 * @param database as the owner: the service itself may not delete from the log
 * @param days how old an entry must be
 */
export async function pruneLog(database: Database, days: number): Promise<Pruned> {
  const faults: ChainFault[] = [];
  let [chains, entries] = [0, 0];
  for (const cut of await oldCuts(database, days)) {
    const result = await database.transaction((tx) => prune(tx, cut));
    if (typeof result === 'number') [chains, entries] = [chains + 1, entries + result];
    else faults.push(result);
  }
  return { chains, entries, faults };
}

/** @returns how many entries were deleted */
async function prune(tx: Sql, { ticketId, seq }: Cut): Promise<number | ChainFault> {
  const chain = await lockChain(tx, ticketId);
  const fault = verifyChain(chain, await entriesOf(tx, ticketId));
  return fault ?? cutChain(tx, ticketId, seq);
}
