import { type KeyEncryptionKey, KeyRingError, OpenError } from '#envelope';
import { type Database, send } from '#postgres';
import { lockGate } from '../../persistence/gates.js';
import { currentKeyHeld, holdCurrentKey, readCurrentKey } from '../../persistence/keys.js';
import { readWrappedKeys, replaceWrappedKeys } from '../../persistence/wrapped-keys.js';
import { rewrap } from '../data-keys.js';
import { type CredentialPlace, type WrappedKey } from '../../persistence/wrapped-keys.js';
import { type VaultKeys } from '../vault.js';

interface Rewrapped {
  readonly rewrapped: number;
  /**
   * Credentials whose data key does not unwrap: damaged, or not ours. They
   * keep the key that they name.
   */
  readonly unwrappable: readonly CredentialPlace[];
}

/**
 * Wraps the data keys of one ticket that are wrapped with `kekId` with the current key.
 * Under the lock of the gate, so that nobody reveals, edits or submits there in those few
 * milliseconds: so a holder of the gate can rely on the keys that its rows name.
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
    const wrapped = await readWrappedKeys(tx, ticketId, kekId);
    // Another rotator was here since the ticket was listed, and
    // may have destroyed the key.
    if (wrapped.length === 0) return { rewrapped: 0, unwrappable: [] };
    const current = await holdCurrentKey(() => send(tx, currentKeyHeld));
    const [from, to] = [await keys.get(kekId), await keys.get(current)];
    const done = wrapped.flatMap((key) => tryRewrap(key, from, to) ?? []);
    await replaceWrappedKeys(tx, ticketId, done);
    const ids = new Set(done.map(({ id }) => id));
    return {
      rewrapped: done.length,
      unwrappable: wrapped.filter(({ id }) => !ids.has(id)).map(({ id }) => ({ ticketId, id })),
    };
  });
}

/**
 * From the ring into memory, before the gate is held: a ring that is slow
 * delays nobody who reveals.
 */
async function readAhead(database: Database, keys: VaultKeys, kekId: string): Promise<void> {
  const current = await readCurrentKey(database);
  const ids = [kekId, ...(current ? [current.id] : [])];
  await Promise.all(ids.map((id) => keys.get(id).catch(unlessMissing)));
}

/**
 * Until a gate is held, another rotator may destroy any key. Whether one that is missing
 * is needed still, is known under the gate.
 */
function unlessMissing(error: unknown): void {
  if (!(error instanceof KeyRingError && error.code === 'missing-key')) throw error;
}

function tryRewrap(
  key: WrappedKey,
  from: KeyEncryptionKey,
  to: KeyEncryptionKey,
): WrappedKey | undefined {
  try {
    return { ...key, kekId: to.id, wrappedKey: rewrap(key, from, to) };
  } catch (error) {
    if (error instanceof OpenError) return undefined;
    throw error;
  }
}
