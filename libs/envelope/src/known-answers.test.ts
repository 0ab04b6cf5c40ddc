import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decrypt, encrypt } from './aead.js';
import { withDerived } from './derive.js';
import { OpenError } from './open-error.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const range = (from: number, to: number): Buffer =>
  Buffer.from(Array.from({ length: to - from + 1 }, (_, at) => from + at));

/**
 * The AES-256 test cases 13 to 16 of McGrew and Viega's GCM, the mode
 * that SP 800-38D standardised.
 */
const key = hex('feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308');
const nonce = hex('cafebabefacedbaddecaf888');
const text = hex(`d9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72
                  1c3c0c95956809532fcf0e2449a6b525 b16aedf5aa0de657ba637b391aafd255`);
const ciphertext = hex(`522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa
                        8cb08e48590dbb3da7b08b1056828838 c5f61e6393ba7a0abcc9f662898015ad`);
const none = Buffer.alloc(0);
const gcmCases = [
  {
    title: '13',
    key: Buffer.alloc(32),
    nonce: Buffer.alloc(12),
    aad: none,
    text: none,
    sealed: hex('530f8afbc74536b9a963b4f1c4cb738b'),
  },
  {
    title: '14',
    key: Buffer.alloc(32),
    nonce: Buffer.alloc(12),
    aad: none,
    text: Buffer.alloc(16),
    sealed: hex('cea7403d4d606b6e074ec5d3baf39d18 d0d1c8a799996bf0265b98b5d48ab919'),
  },
  {
    title: '15',
    key,
    nonce,
    aad: none,
    text,
    sealed: Buffer.concat([ciphertext, hex('b094dac5d93471bdec1a502270e3cc6c')]),
  },
  {
    title: '16',
    key,
    nonce,
    aad: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    text: text.subarray(0, 60),
    sealed: Buffer.concat([ciphertext.subarray(0, 60), hex('76fc6ece0f4e1768cddf8853bb2d551b')]),
  },
];

describe('AES-256-GCM', () => {
  it.each(gcmCases)('gives the known answer of test case $title', (known) => {
    expect(encrypt(known.key, known.nonce, known.aad, known.text)).toEqual(known.sealed);
    expect(decrypt(known.key, known.nonce, known.aad, known.sealed)).toEqual(known.text);
  });

  it('refuses anything shorter than a tag', () => {
    const { sealed } = gcmCases[0]!;
    for (let length = 0; length < 16; length++) {
      expect(() =>
        decrypt(Buffer.alloc(32), Buffer.alloc(12), none, sealed.subarray(0, length)),
      ).toThrow(OpenError);
    }
  });
});

/** RFC 5869, section 2, line by line. */
function hkdf(
  hash: 'sha256' | 'sha512',
  secret: Buffer,
  salt: Buffer,
  info: Buffer,
  length: number,
): Buffer {
  const zeros = Buffer.alloc(hash === 'sha256' ? 32 : 64);
  const pseudorandom = createHmac(hash, salt.length === 0 ? zeros : salt)
    .update(secret)
    .digest();
  const blocks: Buffer[] = [];
  for (let n = 1; Buffer.concat(blocks).length < length; n++) {
    blocks.push(
      createHmac(hash, pseudorandom)
        .update(Buffer.concat([blocks.at(-1) ?? none, info, Buffer.of(n)]))
        .digest(),
    );
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const hkdfCases = [
  {
    title: 'A.1',
    secret: Buffer.alloc(22, 0x0b),
    salt: range(0x00, 0x0c),
    info: range(0xf0, 0xf9),
    output: hex(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ),
  },
  {
    title: 'A.2',
    secret: range(0x00, 0x4f),
    salt: range(0x60, 0xaf),
    info: range(0xb0, 0xff),
    output: hex(
      `b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
       59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
       cc30c58179ec3e87c14c01d5c1f3434f1d87`,
    ),
  },
  {
    title: 'A.3',
    secret: Buffer.alloc(22, 0x0b),
    salt: none,
    info: none,
    output: hex(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ),
  },
];

describe('HKDF', () => {
  // The RFC has answers for SHA-256 only: they prove the straight-line one, which then
  // is the measure for SHA-512.
  it.each(hkdfCases)(
    'gives the known answer $title of RFC 5869',
    ({ secret, salt, info, output }) => {
      expect(hkdf('sha256', secret, salt, info, output.length)).toEqual(output);
      expect(Buffer.from(hkdfSync('sha256', secret, salt, info, output.length))).toEqual(output);
    },
  );

  it.each(hkdfCases)(
    'derives with SHA-512 what RFC 5869 says, for the input of $title',
    ({ secret, salt, info }) => {
      for (const length of [16, 32, 64, 100]) {
        const known = hkdf('sha512', secret, salt, info, length);
        expect(
          withDerived({ secret, salt, info, length }, (derived) => Buffer.from(derived)),
        ).toEqual(known);
      }
    },
  );
});
