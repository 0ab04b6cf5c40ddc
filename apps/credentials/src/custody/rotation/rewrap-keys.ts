import { type KeyEncryptionKey, KeyRingError, OpenError } from '#envelope';
import { type Database } from '#postgres';
import { readCurrentKey } from '../../persistence/keys.js';
import { type CredentialPlace, type WrappedKey } from '../../persistence/wrapped-keys.js';
import { rewrap } from '../data-keys.js';
import { type VaultKeys } from '../vault.js';

export interface Rewrapped {
  /** Data keys that were wrapped anew. */
  readonly rewrapped: number;
  /**
   * Credentials whose data key does not unwrap: damaged, or not ours. They
   * keep the key that they name.
   */
  readonly unwrappable: readonly CredentialPlace[];
}

export const sumOf = (parts: readonly Rewrapped[]): Rewrapped => ({
  rewrapped: parts.reduce((sum, { rewrapped }) => sum + rewrapped, 0),
  unwrappable: parts.flatMap(({ unwrappable }) => unwrappable),
});

/** The key that is retired, and the one that comes after it. */
export interface KeyPair {
  readonly from: KeyEncryptionKey;
  readonly to: KeyEncryptionKey;
}

/**
 * From the ring into memory, before a gate is held: a ring that is slow
 * delays nobody who reveals.
 * @returns undefined if one is missing. Until a gate is held, another rotator may destroy
 *   any key; whether it is needed still, is known under the gate.
 */
export async function readAhead(
  database: Database,
  keys: VaultKeys,
  kekId: string,
): Promise<KeyPair | undefined> {
  const current = await readCurrentKey(database);
  if (current === undefined) return undefined;
  const [from, to] = await Promise.all(
    [kekId, current.id].map((id) => keys.get(id).catch(unlessMissing)),
  );
  return from && to && { from, to };
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof KeyRingError && error.code === 'missing-key')) throw error;
}

/** Each with the other key of the pair, where it unwraps. */
export function rewrapEach(
  wrapped: readonly WrappedKey[],
  pair: KeyPair,
): { readonly done: readonly WrappedKey[]; readonly unwrappable: readonly CredentialPlace[] } {
  const done: WrappedKey[] = [];
  const unwrappable: CredentialPlace[] = [];
  for (const key of wrapped) {
    const again = tryRewrap(key, pair);
    if (again === undefined) unwrappable.push({ ticketId: key.ticketId, id: key.id });
    else done.push(again);
  }
  return { done, unwrappable };
}

function tryRewrap(key: WrappedKey, { from, to }: KeyPair): WrappedKey | undefined {
  try {
    return { ...key, kekId: to.id, wrappedKey: rewrap(key, from, to) };
  } catch (error) {
    if (error instanceof OpenError) return undefined;
    throw error;
  }
}
