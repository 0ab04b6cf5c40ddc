import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encrypt } from './aead.js';
import { binding, list } from './binding.js';
import { DataKey, dataKeyBytes } from './data-key.js';
import { withDerived } from './derive.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { OpenError } from './open-error.js';
import { unwrapDataKey, wrapDataKey } from './wrap.js';

const secret = randomBytes(32);
const kek = KeyEncryptionKey.fromBytes('kek', secret);
const context = ['ticket', 'credential', 'kek'];
const dataKey = DataKey.generate();
const wrapped = wrapDataKey(kek, dataKey, context);
const contexts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 4 });
const unwrapping =
  (what: Buffer, where: readonly string[] = context) =>
  () =>
    unwrapDataKey(kek, what, where);

describe('a wrapped data key', () => {
  it('unwraps to the same key in its context', () => {
    fc.assert(
      fc.property(contexts, (where) => {
        const again = unwrapDataKey(kek, wrapDataKey(kek, dataKey, where), where);
        expect(dataKeyBytes(again)).toEqual(dataKeyBytes(dataKey));
      }),
    );
  });

  it('unwraps in no other context', () => {
    fc.assert(
      fc.property(contexts, contexts, (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        expect(unwrapping(wrapDataKey(kek, dataKey, from), to)).toThrow(OpenError);
      }),
    );
    expect(unwrapping(wrapped, ['ticketc', 'redential', 'kek'])).toThrow(OpenError);
  });

  it('unwraps under no other key-encryption key', () => {
    expect(() =>
      unwrapDataKey(KeyEncryptionKey.fromBytes('kek', randomBytes(32)), wrapped, context),
    ).toThrow(OpenError);
  });

  it('does not unwrap with any bit flipped', () => {
    for (let bit = 0; bit < wrapped.length * 8; bit++) {
      const altered = Buffer.from(wrapped);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      expect(unwrapping(altered)).toThrow(OpenError);
    }
  });

  it('does not unwrap cut, extended, with a short tag, or as another format version', () => {
    for (let length = 0; length < wrapped.length; length++)
      expect(unwrapping(wrapped.subarray(0, length))).toThrow(OpenError);
    expect(unwrapping(Buffer.concat([wrapped, Buffer.of(0)]))).toThrow(OpenError);
    for (const version of [0, 2, 255])
      expect(unwrapping(Buffer.concat([Buffer.of(version), wrapped.subarray(1)]))).toThrow(
        OpenError,
      );
  });

  it('does not unwrap with a wrong commitment, though everything that GCM checks is right', () => {
    const bound = binding('wrap', list(context));
    const [salt, nonce] = [randomBytes(32), randomBytes(12)];
    const derived = withDerived({ secret, salt, info: bound, length: 64 }, (bytes) =>
      Buffer.from(bytes),
    );
    const sealed = encrypt(derived.subarray(0, 32), nonce, bound, dataKeyBytes(dataKey));
    const withCommitment = (commitment: Buffer): Buffer =>
      Buffer.concat([Buffer.of(1), salt, commitment, nonce, sealed]);
    expect(unwrapping(withCommitment(randomBytes(32)))).toThrow(OpenError);
    expect(dataKeyBytes(unwrapDataKey(kek, withCommitment(derived.subarray(32)), context))).toEqual(
      dataKeyBytes(dataKey),
    );
  });

  it('has a context of limited length, and a longer one is refused rather than cut', () => {
    expect(
      unwrapping(wrapDataKey(kek, dataKey, ['x'.repeat(980)]), ['x'.repeat(980)]),
    ).not.toThrow();
    expect(() => wrapDataKey(kek, dataKey, ['x'.repeat(1024)])).toThrow('out of range');
  });

  it('is never the same twice', () => {
    const again = wrapDataKey(kek, dataKey, context);
    expect(again.subarray(1, 33)).not.toEqual(wrapped.subarray(1, 33));
    expect(again.subarray(65, 77)).not.toEqual(wrapped.subarray(65, 77));
  });
});
