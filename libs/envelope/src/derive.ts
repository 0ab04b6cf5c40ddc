import { type KeyObject, hkdfSync } from 'node:crypto';

/**
 * HKDF-SHA512 (RFC 5869). The caller wipes the result.
 *
 * @param length of the result in bytes; up to 64 costs one block
 */
export function derive(secret: Buffer | KeyObject, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha512', secret, salt, info, length));
}
