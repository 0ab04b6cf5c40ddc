import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { decrypt, encrypt } from './aead.js';
import { withDerived } from './derive.js';
import { OpenError } from './open-error.js';

/**
 * C2SP/wycheproof testvectors_v1; not copied into the project, so its tests exist only
 * where WYCHEPROOF_DIR names a copy.
 */
const directory = process.env.WYCHEPROOF_DIR;

interface Test {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}
interface AeadTest extends Test {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}
interface HkdfTest extends Test {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}
type Group<T> = { readonly tests: T[] } & Readonly<
  Record<'keySize' | 'ivSize' | 'tagSize', number>
>;

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const groups = <T>(folder: string, name: string): Group<T>[] =>
  (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { testGroups: Group<T>[] }).testGroups;

function checkAead(test: AeadTest): void {
  const [key, nonce, associated, text] = [
    hex(test.key),
    hex(test.iv),
    hex(test.aad),
    hex(test.msg),
  ];
  const sealed = hex(test.ct + test.tag);
  if (test.result === 'invalid') {
    expect(() => decrypt(key, nonce, associated, sealed)).toThrow(OpenError);
  } else {
    expect(encrypt(key, nonce, associated, text)).toEqual(sealed);
    expect(decrypt(key, nonce, associated, sealed)).toEqual(text);
  }
}

function checkHkdf(test: HkdfTest): void {
  const derivation = {
    secret: hex(test.ikm),
    salt: hex(test.salt),
    info: hex(test.info),
    length: test.size,
  };
  const output = (): string => withDerived(derivation, (derived) => derived.toString('hex'));
  if (test.result === 'invalid') expect(output).toThrow();
  else expect(output()).toBe(test.okm);
}

/**
 * Why only one group of the vectors is ours; it also keeps this file from being empty
 * where there are no vectors.
 */
it.each([16, 24, 31, 33])('AES-GCM takes no key of %d bytes', (length) => {
  const [key, nonce, nothing] = [Buffer.alloc(length), Buffer.alloc(12), Buffer.alloc(0)];
  expect(() => encrypt(key, nonce, nothing, nothing)).toThrow('Invalid key length');
  expect(() => decrypt(key, nonce, nothing, Buffer.alloc(16))).toThrow('Invalid key length');
});

if (directory !== undefined) {
  describe('Wycheproof', () => {
    // Other sizes exist; this library has one.
    const ours = groups<AeadTest>(directory, 'aes_gcm_test.json').filter(
      (g) => g.keySize === 256 && g.ivSize === 96 && g.tagSize === 128,
    );

    it.each(ours.flatMap(({ tests }) => tests))('AES-256-GCM $tcId is $result', checkAead);
    it.each(groups<HkdfTest>(directory, 'hkdf_sha512_test.json').flatMap(({ tests }) => tests))(
      'HKDF-SHA512 $tcId is $result',
      checkHkdf,
    );
  });
}
