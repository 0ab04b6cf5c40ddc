import { timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, keyLength, nonceLength, tagLength } from './aead.js';
import { binding, formatVersion, list } from './binding.js';
import { type DataKey, dataKeyBytes, dataKeyFrom } from './data-key.js';
import { withDerived } from './derive.js';
import { type KeyEncryptionKey, kekSecret } from './key-encryption-key.js';
import { OpenError } from './open-error.js';
import { randomSecret } from './secret-bytes.js';

const saltLength = 32;
const commitmentLength = 32;
const saltEnd = 1 + saltLength;
const commitmentEnd = saltEnd + commitmentLength;
const nonceEnd = commitmentEnd + nonceLength;
/**
 * Length of a wrapped data key in bytes: version, salt,
 * commitment, nonce, sealed key, tag.
 */
const wrappedLength = nonceEnd + keyLength + tagLength;

/**
 * Seals a data key under a key-encryption key, bound to its context.
 *
 * The commitment is there because AES-GCM alone lets one ciphertext open under two keys;
 * with it a wrapped key names the one KEK and the one context that open it.
 *
 * @param context what the key belongs to, in an order that never changes
 * @throws RangeError for a context of more than about 980 bytes, 4 per string included:
 *   Node's HKDF takes an info of 1024
 */
export function wrapDataKey(
  kek: KeyEncryptionKey,
  dataKey: DataKey,
  context: readonly string[],
): Buffer {
  return wrapWith(kek, dataKey, context, {
    salt: randomSecret(saltLength),
    nonce: randomSecret(nonceLength),
  });
}

/** With the randomness given, for the test vector only. */
export function wrapWith(
  kek: KeyEncryptionKey,
  dataKey: DataKey,
  context: readonly string[],
  { salt, nonce }: { salt: Buffer; nonce: Buffer },
): Buffer {
  const associated = binding('wrap', list(context));
  return withWrappingKey(kek, salt, associated, (key, commitment) =>
    Buffer.concat([
      Buffer.of(formatVersion),
      salt,
      commitment,
      nonce,
      encrypt(key, nonce, associated, dataKeyBytes(dataKey)),
    ]),
  );
}

/**
 * The caller wipes the data key when it is done.
 *
 * @throws OpenError for another KEK, another context, another format
 *   version, or altered bytes
 */
export function unwrapDataKey(
  kek: KeyEncryptionKey,
  wrapped: Buffer,
  context: readonly string[],
): DataKey {
  if (wrapped.length !== wrappedLength || wrapped[0] !== formatVersion) throw new OpenError();
  const associated = binding('wrap', list(context));
  return withWrappingKey(kek, wrapped.subarray(1, saltEnd), associated, (key, commitment) => {
    if (!timingSafeEqual(commitment, wrapped.subarray(saltEnd, commitmentEnd)))
      throw new OpenError();
    return dataKeyFrom(
      decrypt(
        key,
        wrapped.subarray(commitmentEnd, nonceEnd),
        associated,
        wrapped.subarray(nonceEnd),
      ),
    );
  });
}

const withWrappingKey = <T>(
  kek: KeyEncryptionKey,
  salt: Buffer,
  info: Buffer,
  use: (key: Buffer, commitment: Buffer) => T,
): T =>
  withDerived(
    { secret: kekSecret(kek), salt, info, length: keyLength + commitmentLength },
    (derived) => use(derived.subarray(0, keyLength), derived.subarray(keyLength)),
  );
