import { type KeyObject, hkdfSync } from 'node:crypto';
import { wipe } from './secret-bytes.js';

/**
 * HKDF-SHA512 (RFC 5869): what goes in, and how many bytes come
 * out; up to 64 cost one block.
 */
interface Derivation {
  readonly secret: Buffer | KeyObject;
  readonly salt: Buffer;
  readonly info: Buffer;
  readonly length: number;
}

/**
 * Passes the derived bytes to `use` and wipes them afterwards, even if it
 * throws. `use` must not keep them.
 */
export function withDerived<T>(
  { secret, salt, info, length }: Derivation,
  use: (derived: Buffer) => T,
): T {
  const derived = Buffer.from(hkdfSync('sha512', secret, salt, info, length));
  try {
    return use(derived);
  } finally {
    wipe(derived);
  }
}

/** No salt, for a secret that is uniformly random already (RFC 5869, 3.1). */
export const noSalt = Buffer.alloc(0);
