import { type DataKey, type KeyEncryptionKey, unwrapDataKey, wrapDataKey } from '#envelope';
import { type CredentialPlace, type WrappedKey } from '../persistence/wrapped-keys.js';

export const wrapFor = (place: CredentialPlace, kek: KeyEncryptionKey, dataKey: DataKey): Buffer =>
  wrapDataKey(kek, dataKey, contextOf(place, kek.id));

/**
 * Passes a data key to `use` and wipes it afterwards, even if that
 * throws. `use` must not keep it.
 * @throws OpenError
 */
export function withDataKey<T>(
  wrapped: WrappedKey,
  kek: KeyEncryptionKey,
  use: (dataKey: DataKey) => T,
): T {
  const dataKey = unwrapDataKey(kek, wrapped.wrappedKey, contextOf(wrapped, wrapped.kekId));
  try {
    return use(dataKey);
  } finally {
    dataKey.wipe();
  }
}

/**
 * The same data key, for the same place, wrapped with another key of the ring.
 * Decrypts nothing that it seals.
 * @throws OpenError
 */
export const rewrap = (wrapped: WrappedKey, from: KeyEncryptionKey, to: KeyEncryptionKey): Buffer =>
  withDataKey(wrapped, from, (dataKey) => wrapFor(wrapped, to, dataKey));

const contextOf = ({ ticketId, id }: CredentialPlace, kekId: string): string[] => [
  ticketId,
  id,
  kekId,
];
