import { OpenError } from './open-error.js';
import { allocateSecret } from './secret-bytes.js';

/**
 * Plaintexts grow to a multiple of this many bytes, so that a ciphertext does not
 * tell how long a password is.
 */
export const paddingBlock = 64;
const mark = 0x80;

/**
 * One 0x80, then zeros up to the next full block (ISO/IEC 7816-4): always at least
 * one byte, hence unambiguous.
 */
export function pad(plaintext: Buffer): Buffer {
  const padded = allocateSecret(
    (Math.floor(plaintext.length / paddingBlock) + 1) * paddingBlock,
  ).fill(0);
  plaintext.copy(padded);
  padded[plaintext.length] = mark;
  return padded;
}

/** @returns a view without the padding: wiping it wipes all that is secret */
export function unpad(padded: Buffer): Buffer {
  const end = padded.lastIndexOf(mark);
  const isPadded =
    padded.length % paddingBlock === 0 && end >= padded.length - paddingBlock && end >= 0;
  if (!isPadded || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new OpenError();
  return padded.subarray(0, end);
}
