import { isLockTimeout, type PipelinedTransaction, type PipelinedTransactions } from '#postgres';
import { waitingBriefly } from '../../persistence/batch-time.js';
import { lockedGates } from '../../persistence/gates.js';
import { currentKeyHeld } from '../../persistence/keys.js';
import { replacing, wrappedWithKey } from '../../persistence/wrapped-keys.js';
import { type KeyPair, rewrapEach, type Rewrapped } from './rewrap-keys.js';

export interface RewrappedSet extends Rewrapped {
  /** Tickets that are to be taken alone. */
  readonly skipped: readonly string[];
}

export const allSkipped = (ticketIds: readonly string[]): RewrappedSet => ({
  rewrapped: 0,
  unwrappable: [],
  skipped: ticketIds,
});

/**
 * Does for several tickets what `rewrapTicket` does for one, in one transaction of two
 * round trips. It holds many gates, so it hardly waits: a ticket whose gate another
 * transaction has locked is skipped, and so are all of them if a row is locked for longer
 * than a moment, or if the current key is another one by now.
 * @param pair was in memory before
 */
export async function rewrapSet(
  transactions: PipelinedTransactions,
  ticketIds: readonly string[],
  pair: KeyPair,
): Promise<RewrappedSet> {
  try {
    return await transactions.run((tx) => rewrapUnlocked(tx, ticketIds, pair));
  } catch (error) {
    if (isLockTimeout(error)) return allSkipped(ticketIds);
    throw error;
  }
}

async function rewrapUnlocked(
  tx: PipelinedTransaction,
  ticketIds: readonly string[],
  pair: KeyPair,
): Promise<RewrappedSet> {
  const [, gates, wrapped, [current]] = await tx.all([
    waitingBriefly,
    lockedGates(ticketIds, 'skip'),
    wrappedWithKey(ticketIds, pair.from.id),
    currentKeyHeld,
  ]);
  // Another rotator has begun an epoch since the keys were read.
  if (current?.id !== pair.to.id) return allSkipped(ticketIds);
  const locked = new Set(gates.map(({ ticketId }) => ticketId));
  const ours = wrapped.filter(({ ticketId }) => locked.has(ticketId));
  const { done, unwrappable } = rewrapEach(ours, pair);
  if (done.length > 0) await tx.commit([replacing(done)]);
  const skipped = ticketIds.filter((ticketId) => !locked.has(ticketId));
  return { rewrapped: done.length, unwrappable, skipped };
}
