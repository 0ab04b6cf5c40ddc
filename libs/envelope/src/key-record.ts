import { timingSafeEqual } from 'node:crypto';
import { keyLength } from './aead.js';
import { binding, item } from './binding.js';
import { noSalt, withDerived } from './derive.js';
import { KeyRingError } from './key-ring.js';
import { allocateSecret } from './secret-bytes.js';

/**
 * How a ring stores a key: one byte of version, the key, and a check value.
 * docs/crypto-format.md: "Key record".
 */
const version = 1;
const checkLength = 16;
const keyEnd = 1 + keyLength;
/** In bytes. */
export const recordLength = keyEnd + checkLength;

const kekIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Only a valid key id may become a path. */
export const isKekId = (text: string): boolean => kekIdPattern.test(text);

/** The caller wipes the record. */
export function encodeKey(kekId: string, key: Buffer): Buffer {
  const record = allocateSecret(recordLength);
  record[0] = version;
  key.copy(record, 1);
  withCheck(kekId, key, (check) => check.copy(record, keyEnd));
  return record;
}

/**
 * The caller wipes the key, and the record.
 *
 * @param where the place of the record, for the error message
 * @throws KeyRingError for a record that is not this key's
 */
export function decodeKey(where: string, kekId: string, record: Buffer): Buffer {
  if (record.length !== recordLength) throw wrongLength(where);
  if (record[0] !== version) throw wrongVersion(where);
  if (!isRightCheck(record.subarray(keyEnd), kekId, record.subarray(1, keyEnd)))
    throw damaged(where);
  const key = allocateSecret(keyLength);
  record.copy(key, 0, 1);
  return key;
}

const isRightCheck = (found: Buffer, kekId: string, key: Buffer): boolean =>
  withCheck(kekId, key, (check) => timingSafeEqual(found, check));

/**
 * Detects a flipped bit or a renamed file at once, instead of when a secret fails to
 * decrypt. Reveals nothing about the key.
 */
const withCheck = <T>(kekId: string, key: Buffer, use: (check: Buffer) => T): T =>
  withDerived(
    { secret: key, salt: noSalt, info: binding('key-file', item(kekId)), length: checkLength },
    use,
  );

export const wrongLength = (where: string): KeyRingError =>
  new KeyRingError(
    'wrong-length',
    `${where} does not have the ${recordLength} bytes of a key. ` +
      'It is damaged: move it out of the ring.',
  );

const wrongVersion = (where: string): KeyRingError =>
  new KeyRingError(
    'wrong-version',
    `${where} is of a version this release does not know. Start the release that wrote it.`,
  );

const damaged = (where: string): KeyRingError =>
  new KeyRingError(
    'damaged-key',
    `${where} is damaged, or another key under this name. ` +
      'Put the right one in its place, or move it out.',
  );
