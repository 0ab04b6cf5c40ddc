import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { binding, list } from './binding.js';
import { dataKeyBytes } from './data-key.js';
import { withDerived } from './derive.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { OpenError } from './open-error.js';
import { unwrapDataKey } from './wrap.js';

// GF(2^128) of SP 800-38D, section 6.3: the first bit of a block
// is the coefficient of x^0.
const REDUCTION = 0xe1n << 120n;
const toField = (block: Buffer): bigint => BigInt(`0x${block.toString('hex')}`);
const toBlock = (element: bigint): Buffer =>
  Buffer.from(element.toString(16).padStart(32, '0'), 'hex');

function multiply(a: bigint, b: bigint): bigint {
  let [product, shifted] = [0n, b];
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ REDUCTION : shifted >> 1n;
  }
  return product;
}

/** a^(2^128 - 2), which is 1/a. */
function invert(a: bigint): bigint {
  let [result, power] = [1n << 127n, a];
  for (let bit = 1; bit < 128; bit++) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

function aesBlock(key: Buffer, block: Buffer): bigint {
  return toField(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));
}

const hashKey = (key: Buffer): bigint => aesBlock(key, Buffer.alloc(16));

function tagOf(key: Buffer, nonce: Buffer, aad: Buffer, ciphertext: Buffer): bigint {
  const lengths = Buffer.alloc(16);
  lengths.writeUInt32BE(aad.length * 8, 4);
  lengths.writeUInt32BE(ciphertext.length * 8, 12);
  const input = Buffer.concat([
    aad,
    Buffer.alloc((16 - (aad.length % 16)) % 16),
    ciphertext,
    lengths,
  ]);
  let hash = 0n;
  for (let at = 0; at < input.length; at += 16)
    hash = multiply(hash ^ toField(input.subarray(at, at + 16)), hashKey(key));
  return hash ^ aesBlock(key, Buffer.concat([nonce, Buffer.of(0, 0, 0, 1)]));
}

/**
 * 32 bytes and a tag that AES-GCM accepts under both keys (Grubbs, Lu, Ristenpart 2017):
 * the second block is what makes the tags meet.
 */
function twoKeyCiphertext(one: Buffer, other: Buffer, nonce: Buffer, aad: Buffer): Buffer {
  const first = randomBytes(16);
  const open = Buffer.concat([first, Buffer.alloc(16)]);
  const apart = tagOf(one, nonce, aad, open) ^ tagOf(other, nonce, aad, open);
  const squares = [one, other].map((key) => multiply(hashKey(key), hashKey(key)));
  const ciphertext = Buffer.concat([
    first,
    toBlock(multiply(apart, invert(squares[0]! ^ squares[1]!))),
  ]);
  return Buffer.concat([ciphertext, toBlock(tagOf(one, nonce, aad, ciphertext))]);
}

function plainGcm(key: Buffer, nonce: Buffer, aad: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

describe('a ciphertext crafted to open under two keys', () => {
  const context = ['ticket', 'credential', 'kek'];
  const [salt, nonce, bound] = [randomBytes(32), randomBytes(12), binding('wrap', list(context))];
  const secrets = [randomBytes(32), randomBytes(32)];
  const [one, other] = secrets.map((secret) =>
    withDerived({ secret, salt, info: bound, length: 64 }, (derived) => Buffer.from(derived)),
  );
  const keys = [one!.subarray(0, 32), other!.subarray(0, 32)];
  const sealed = twoKeyCiphertext(keys[0]!, keys[1]!, nonce, bound);
  const unwrap = (secret: Buffer, commitment: Buffer) =>
    unwrapDataKey(
      KeyEncryptionKey.fromBytes('kek', secret),
      Buffer.concat([Buffer.of(1), salt, commitment, nonce, sealed]),
      context,
    );

  it('is accepted under both by AES-GCM alone, to different plaintexts', () => {
    const plaintexts = keys.map((key) => plainGcm(key, nonce, bound, sealed));
    expect(plaintexts[0]).not.toEqual(plaintexts[1]);
  });

  it('unwraps under the one key that it commits to, and not under the other', () => {
    for (const [mine, theirs] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const commitment = [one, other][mine]!.subarray(32);
      expect(dataKeyBytes(unwrap(secrets[mine]!, commitment))).toEqual(
        plainGcm(keys[mine]!, nonce, bound, sealed),
      );
      expect(() => unwrap(secrets[theirs]!, commitment)).toThrow(OpenError);
    }
  });
});
