import { randomFillSync } from 'node:crypto';

/**
 * A buffer with memory of its own: `Buffer.from` and `allocUnsafe` share a pool, where a
 * secret would outlive its wiping.
 */
export const allocateSecret = (length: number): Buffer => Buffer.allocUnsafeSlow(length);

/** @param length in bytes */
export const randomSecret = (length: number): Buffer => randomFillSync(allocateSecret(length));

/**
 * Overwrites a secret with zeros. Strings made from it cannot be
 * wiped; keep them short-lived.
 */
export function wipe(secret: Uint8Array): void {
  secret.fill(0);
}
