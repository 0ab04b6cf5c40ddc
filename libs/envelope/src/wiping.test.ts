import { createDecipheriv, type DecipherGCM } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { DataKey } from './data-key.js';
import { noSalt, withDerived } from './derive.js';
import { DirectoryKeyRing } from './directory-key-ring.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { OpenError } from './open-error.js';
import { openPart, sealPart } from './part.js';
import { unwrapDataKey, wrapDataKey } from './wrap.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/**
 * Every buffer that secrets are put into from now on: those this library allocates, and
 * those that the cipher decrypts into.
 */
function watchBuffers(): Buffer[] {
  const buffers: Buffer[] = [];
  const allocate = Buffer.allocUnsafeSlow.bind(Buffer);
  jest.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((size) => {
    const buffer = allocate(size);
    buffers.push(buffer);
    return buffer;
  });
  const prototype = Object.getPrototypeOf(
    createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12)),
  ) as DecipherGCM;
  // Called with its own `this` below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const update = prototype.update as (this: DecipherGCM, data: Buffer) => Buffer;
  jest.spyOn(prototype, 'update').mockImplementation(function (this: DecipherGCM, data: unknown) {
    const buffer = update.call(this, data as Buffer);
    buffers.push(buffer);
    return buffer as never;
  });
  return buffers;
}

const isZero = (buffer: Buffer): boolean => buffer.every((byte) => byte === 0);
const position = { context: ['ticket'], part: 'core', version: 1 };
const kek = KeyEncryptionKey.fromBytes('kek', Buffer.alloc(32, 7));

describe('what a secret was in', () => {
  const derivation = { secret: Buffer.alloc(32, 7), salt: noSalt, info: noSalt, length: 64 };

  it('is zeros as soon as a derived key has been used', () => {
    const seen = withDerived(derivation, (derived) => {
      expect(isZero(derived)).toBe(false);
      return derived;
    });
    expect([seen.length, isZero(seen)]).toEqual([64, true]);
  });

  it('is zeros when the use of a derived key fails', () => {
    let seen: Buffer | undefined;
    const failing = (derived: Buffer): never => {
      seen = derived;
      throw new OpenError();
    };
    expect(() => withDerived(derivation, failing)).toThrow(OpenError);
    expect(isZero(seen!)).toBe(true);
  });

  it('is zeros once a part was sealed, padding and all', () => {
    const dataKey = DataKey.generate();
    const buffers = watchBuffers();
    sealPart(dataKey, position, Buffer.from('secret'));
    // The nonce, which is no secret, and the padded plaintext.
    expect(buffers.map(({ length }) => length)).toEqual([12, 64]);
    expect(isZero(buffers[1]!)).toBe(true);
  });

  it('is zeros when it was decrypted, but its tag was wrong', () => {
    const dataKey = DataKey.generate();
    const sealed = sealPart(dataKey, position, Buffer.from('secret'));
    sealed[sealed.length - 1]! ^= 1;
    const buffers = watchBuffers();
    expect(() => openPart(dataKey, position, sealed)).toThrow(OpenError);
    expect(buffers.map((buffer) => [buffer.length, isZero(buffer)])).toEqual([[64, true]]);
  });

  it('is zeros once a data key that was unwrapped is wiped', () => {
    const wrapped = wrapDataKey(kek, DataKey.generate(), ['c']);
    const buffers = watchBuffers();
    const dataKey = unwrapDataKey(kek, wrapped, ['c']);
    expect(buffers.map(isZero)).toEqual([false]);
    dataKey.wipe();
    expect(buffers.map(isZero)).toEqual([true]);
  });

  it('is zeros once a key was written to the ring, or read from it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'wiping-'));
    const kekId = '01900000-0000-7000-8000-000000000000';
    const ring = await DirectoryKeyRing.open(directory);
    const buffers = watchBuffers();
    await ring.create(kekId);
    await ring.read(kekId);
    // A key and its file, written and read.
    expect(buffers.map((buffer) => [buffer.length, isZero(buffer)])).toEqual(
      [32, 49, 49, 32].map((length) => [length, true]),
    );
    rmSync(directory, { recursive: true });
  });
});
