import { type Database, send } from '#postgres';
import { lockGate } from '../../persistence/gates.js';
import { currentKeyHeld, holdCurrentKey } from '../../persistence/keys.js';
import { replacing, wrappedWithKey } from '../../persistence/wrapped-keys.js';
import { type VaultKeys } from '../vault.js';
import { readAhead, rewrapEach, type Rewrapped } from './rewrap-keys.js';

/**
 * Wraps the data keys of one ticket that are wrapped with `kekId` with the current key.
 * Waits for the gate and holds it, so that nobody reveals, edits or submits there in
 * those few milliseconds: whoever holds it can rely on the keys that its rows name.
 */
export async function rewrapTicket(
  database: Database,
  keys: VaultKeys,
  ticketId: string,
  kekId: string,
): Promise<Rewrapped> {
  await readAhead(database, keys, kekId);
  return database.transaction(async (tx) => {
    await lockGate(tx, ticketId);
    const wrapped = await send(tx, wrappedWithKey([ticketId], kekId));
    // Another rotator was here since the ticket was listed, and
    // may have destroyed the key.
    if (wrapped.length === 0) return { rewrapped: 0, unwrappable: [] };
    const current = await holdCurrentKey(() => send(tx, currentKeyHeld));
    const pair = { from: await keys.get(kekId), to: await keys.get(current) };
    const { done, unwrappable } = rewrapEach(wrapped, pair);
    await send(tx, replacing(done));
    return { rewrapped: done.length, unwrappable };
  });
}
