import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encrypt } from './aead.js';
import { binding, item, list, uint64 } from './binding.js';
import { DataKey, dataKeyBytes } from './data-key.js';
import { noSalt, withDerived } from './derive.js';
import { OpenError } from './open-error.js';
import { openPart, type PartPosition, sealPart } from './part.js';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const name = fc.string({ unit: 'grapheme', maxLength: 12 });
const position: fc.Arbitrary<PartPosition> = fc.record({
  context: fc.array(name, { maxLength: 4 }),
  part: name,
  version: fc.maxSafeNat(),
});
const here: PartPosition = { context: ['ticket', 'credential'], part: 'core', version: 1 };
const dataKey = DataKey.generate();
const sealed = sealPart(dataKey, here, Buffer.from('correct horse battery staple'));
const opening = (where: PartPosition, what: Buffer) => () => openPart(dataKey, where, what);

describe('a sealed part', () => {
  it('opens to exactly what was sealed, anything of any length, in any position', () => {
    fc.assert(
      fc.property(position, bytes, (where, plain) =>
        openPart(dataKey, where, sealPart(dataKey, where, plain)).equals(plain),
      ),
    );
  });

  it('opens in no other position', () => {
    fc.assert(
      fc.property(position, position, bytes, (from, to, plain) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        expect(opening(to, sealPart(dataKey, from, plain))).toThrow(OpenError);
      }),
    );
  });

  it.each([
    ['another context', { ...here, context: ['ticket', 'other'] }],
    ['the same context, cut elsewhere', { ...here, context: ['ticketc', 'redential'] }],
    ['the same context in one piece', { ...here, context: ['ticketcredential'] }],
    [
      'a context that swallowed the part',
      { ...here, context: ['ticket', 'credential', 'core'], part: '' },
    ],
    ['the context in another order', { ...here, context: ['credential', 'ticket'] }],
    ['another part', { ...here, part: 'note' }],
    ['an earlier version', { ...here, version: 0 }],
    ['a version 2^32 later', { ...here, version: 1 + 2 ** 32 }],
  ])('does not open in %s', (_, elsewhere) => {
    expect(opening(elsewhere, sealed)).toThrow(OpenError);
  });

  it('does not open with any bit flipped', () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      expect(opening(here, altered)).toThrow(OpenError);
    }
  });

  it('does not open cut at any length, nor with anything behind it or in front of it', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(opening(here, sealed.subarray(0, length))).toThrow(OpenError);
    for (const more of [1, 12, 16, 64]) {
      expect(opening(here, Buffer.concat([sealed, Buffer.alloc(more)]))).toThrow(OpenError);
      expect(opening(here, Buffer.concat([Buffer.alloc(more), sealed]))).toThrow(OpenError);
    }
  });

  it('does not open with a tag of fewer than 16 bytes', () => {
    for (const kept of [0, 4, 8, 12, 15])
      expect(opening(here, sealed.subarray(0, sealed.length - 16 + kept))).toThrow(OpenError);
  });

  it('does not open as any other format version', () => {
    for (let version = 0; version < 256; version++) {
      if (version === 1) continue;
      expect(opening(here, Buffer.concat([Buffer.of(version), sealed.subarray(1)]))).toThrow(
        OpenError,
      );
    }
  });

  it('does not open with another data key', () => {
    expect(() => openPart(DataKey.generate(), here, sealed)).toThrow(OpenError);
  });

  it('shows its length in steps of 64 bytes only', () => {
    const lengthOf = (plain: number): number => sealPart(dataKey, here, Buffer.alloc(plain)).length;
    expect([0, 1, 63, 64, 127, 128].map(lengthOf)).toEqual([93, 93, 93, 157, 157, 221]);
  });

  it('is never the same twice', () => {
    expect(sealPart(dataKey, here, Buffer.alloc(9))).not.toEqual(
      sealPart(dataKey, here, Buffer.alloc(9)),
    );
  });

  it('opens into memory of its own, that no pool will hand to somebody else', () => {
    expect(openPart(dataKey, here, sealed).buffer.byteLength).toBe(64);
  });

  it('is refused when its padding is wrong, though its tag is right', () => {
    const markedInside = Buffer.alloc(64, 1).fill(0x80, 9, 10);
    for (const padded of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      markedInside,
      Buffer.alloc(65, 0x80),
      twoBlocksOfPadding(),
    ]) {
      expect(opening(here, sealUnpadded(padded))).toThrow(OpenError);
    }
    expect(openPart(dataKey, here, sealUnpadded(Buffer.alloc(64, 0x80)))).toEqual(
      Buffer.alloc(63, 0x80),
    );
  });

  it('refuses positions that would bind alike, or not at all', () => {
    for (const part of ['\ud800', '\udfff'])
      expect(() => sealPart(dataKey, { ...here, part }, Buffer.alloc(1))).toThrow(TypeError);
    for (const version of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => sealPart(dataKey, { ...here, version }, Buffer.alloc(1))).toThrow(TypeError);
    }
  });
});

function twoBlocksOfPadding(): Buffer {
  const padded = Buffer.alloc(128);
  padded[63] = 0x80;
  return padded;
}

/** What only a faulty writer makes: right in every way but for its padding. */
function sealUnpadded(padded: Buffer): Buffer {
  const associated = binding('part', list(here.context), item(here.part), uint64(here.version));
  const derivation = {
    secret: dataKeyBytes(dataKey),
    salt: noSalt,
    info: binding('part', item(here.part)),
    length: 32,
  };
  const sealed = withDerived(derivation, (key) =>
    encrypt(key, Buffer.alloc(12), associated, padded),
  );
  return Buffer.concat([Buffer.of(1), Buffer.alloc(12), sealed]);
}
