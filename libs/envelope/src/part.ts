import { decrypt, encrypt, keyLength, nonceLength, tagLength } from './aead.js';
import { binding, formatVersion, item, list, uint64 } from './binding.js';
import { type DataKey, dataKeyBytes } from './data-key.js';
import { noSalt, withDerived } from './derive.js';
import { OpenError } from './open-error.js';
import { pad, paddingBlock, unpad } from './padding.js';
import { randomSecret, wipe } from './secret-bytes.js';

/** Where a sealed part belongs; it cannot be opened anywhere else. */
export interface PartPosition {
  /** What the part belongs to, in an order that never changes. */
  readonly context: readonly string[];
  readonly part: string;
  /** Counts the contents of this part: a whole number from 0 on. */
  readonly version: number;
}

const headerLength = 1 + nonceLength;
const shortest = headerLength + paddingBlock + tagLength;

/** Seals one part under a sub-key of the data key. The caller wipes the plaintext. */
export function sealPart(dataKey: DataKey, position: PartPosition, plaintext: Buffer): Buffer {
  return sealWith(dataKey, position, plaintext, randomSecret(nonceLength));
}

/**
 * With a given nonce, for the test vector only: a nonce used twice under one
 * key reveals both plaintexts.
 */
export function sealWith(
  dataKey: DataKey,
  position: PartPosition,
  plaintext: Buffer,
  nonce: Buffer,
): Buffer {
  const padded = pad(plaintext);
  try {
    return withPartKey(dataKey, position, (key) =>
      Buffer.concat([
        Buffer.of(formatVersion),
        nonce,
        encrypt(key, nonce, associatedData(position), padded),
      ]),
    );
  } finally {
    wipe(padded);
  }
}

/**
 * The caller wipes the plaintext.
 *
 * @throws OpenError for another key, another position, another format
 *   version, or altered bytes
 */
export function openPart(dataKey: DataKey, position: PartPosition, sealed: Buffer): Buffer {
  if (sealed.length < shortest || sealed[0] !== formatVersion) throw new OpenError();
  const nonce = sealed.subarray(1, headerLength);
  return unpad(
    withPartKey(dataKey, position, (key) =>
      decrypt(key, nonce, associatedData(position), sealed.subarray(headerLength)),
    ),
  );
}

const associatedData = ({ context, part, version }: PartPosition): Buffer =>
  binding('part', list(context), item(part), uint64(version));

/** Only this and the wrap ever use a data key. */
const withPartKey = <T>(dataKey: DataKey, { part }: PartPosition, use: (key: Buffer) => T): T =>
  withDerived(
    {
      secret: dataKeyBytes(dataKey),
      salt: noSalt,
      info: binding('part', item(part)),
      length: keyLength,
    },
    use,
  );
