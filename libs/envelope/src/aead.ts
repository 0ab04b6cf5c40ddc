import { createCipheriv, createDecipheriv } from 'node:crypto';
import { OpenError } from './open-error.js';
import { allocateSecret, wipe } from './secret-bytes.js';

/** AES-256-GCM (NIST SP 800-38D); all lengths in bytes. */
export const keyLength = 32;
export const nonceLength = 12;
export const tagLength = 16;

// Said to both ends: without it Node 20 accepts tags of 4 bytes, which
// can be forged in 2^32 tries.
const options = { authTagLength: tagLength };

/** @returns the ciphertext, as long as the plaintext, and the tag after it */
export function encrypt(key: Buffer, nonce: Buffer, associated: Buffer, plaintext: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, options).setAAD(associated);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * @param sealed the ciphertext and the tag after it
 * @returns the plaintext in memory of its own, and only after the tag was found right
 * @throws OpenError
 */
export function decrypt(key: Buffer, nonce: Buffer, associated: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < tagLength) throw new OpenError();
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options)
    .setAAD(associated)
    .setAuthTag(sealed.subarray(end));
  const unverified = end === 0 ? allocateSecret(0) : decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
    return unverified;
  } catch {
    wipe(unverified);
    throw new OpenError();
  }
}
