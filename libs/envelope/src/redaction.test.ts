import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as envelope from './index.js';
import { DataKey, dataKeyBytes, dataKeyFrom } from './data-key.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { openPart, sealPart } from './part.js';
import { unwrapDataKey, wrapDataKey } from './wrap.js';

const secret = randomBytes(32);
const password = 'correct horse battery staple';
const position = { context: ['ticket'], part: 'core', version: 1 };

/** Every way in which a value gets into a log. */
function shown(value: unknown): string {
  const deep = inspect(value, {
    showHidden: true,
    depth: Infinity,
    customInspect: false,
    getters: true,
  });
  return [
    deep,
    inspect(value),
    String(value),
    JSON.stringify({ value }),
    JSON.stringify(Object.entries(value as object)),
  ].join('\n');
}
function expectNoTrace(text: string, bytes: Buffer): void {
  for (const trace of [
    bytes.toString('hex'),
    bytes.toString('base64'),
    [...bytes].join(','),
    [...bytes].join(', '),
  ]) {
    expect(text).not.toContain(trace.slice(0, 12));
  }
  expect(text).not.toContain(bytes.toString('hex').match(/../g)!.slice(0, 6).join(' '));
}

describe('keys', () => {
  it('show none of their bytes when logged, inspected, printed or made JSON', () => {
    expectNoTrace(shown(dataKeyFrom(Buffer.from(secret))), secret);
    expectNoTrace(shown(KeyEncryptionKey.fromBytes('kek', secret)), secret);
    expect(JSON.stringify({ key: DataKey.generate() })).toBe('{"key":"[DataKey]"}');
  });

  it('leave no bytes behind once a data key is wiped, and work no more', () => {
    const bytes = Buffer.from(secret);
    const dataKey = dataKeyFrom(bytes);
    const sealed = sealPart(dataKey, position, Buffer.from(password));
    dataKey.wipe();
    expect(bytes).toEqual(Buffer.alloc(32));
    expect(() => openPart(dataKey, position, sealed)).toThrow('wiped');
    expect(() => sealPart(dataKey, position, Buffer.alloc(1))).toThrow('wiped');
    expect(() => wrapDataKey(KeyEncryptionKey.fromBytes('kek', secret), dataKey, [])).toThrow(
      'wiped',
    );
  });

  it('are 32 bytes in memory of their own, different each time', () => {
    const [one, other] = [dataKeyBytes(DataKey.generate()), dataKeyBytes(DataKey.generate())];
    expect(one).toHaveLength(32);
    expect(one.buffer.byteLength).toBe(32);
    expect(one).not.toEqual(other);
    const kek = KeyEncryptionKey.fromBytes('kek', secret);
    expect(
      dataKeyBytes(unwrapDataKey(kek, wrapDataKey(kek, DataKey.generate(), []), [])).buffer
        .byteLength,
    ).toBe(32);
  });

  it('of another length than 32 bytes are refused', () => {
    for (const length of [0, 16, 31, 33, 64])
      expect(() => KeyEncryptionKey.fromBytes('kek', Buffer.alloc(length))).toThrow(TypeError);
  });
});

describe('what cannot be opened', () => {
  it('fails alike for every cause, and tells neither plaintext nor cause', () => {
    const dataKey = dataKeyFrom(Buffer.from(secret));
    const kek = KeyEncryptionKey.fromBytes('kek', secret);
    const sealed = sealPart(dataKey, position, Buffer.from(password));
    const wrapped = wrapDataKey(kek, dataKey, ['a']);
    const failures = [
      () => openPart(dataKey, { ...position, part: 'note' }, sealed),
      () => openPart(DataKey.generate(), position, sealed),
      () => openPart(dataKey, position, Buffer.alloc(0)),
      () => openPart(dataKey, position, Buffer.concat([sealed, Buffer.of(0)])),
      () => unwrapDataKey(kek, wrapped, ['b']),
      () => unwrapDataKey(kek, wrapped.subarray(1), ['a']),
      () => envelope.decodeFields(Buffer.from(password)),
    ].map(errorOf);
    expect(new Set(failures.map(({ name, message }) => `${name} ${message}`)).size).toBe(1);
    for (const failure of failures) {
      expect(failure.cause).toBeUndefined();
      expectNoTrace(shown(failure), secret);
      expect(shown(failure)).not.toContain('correct horse');
    }
  });
});

it('the library hands out nothing that chooses a nonce or shows a key', () => {
  expect(Object.keys(envelope).sort()).toEqual(
    [
      'DataKey',
      'DirectoryKeyRing',
      'KeyEncryptionKey',
      'KeyRingError',
      'KeyRingOutage',
      'KvKeyRing',
      'OpenError',
    ].concat([
      'decodeFields',
      'encodeFields',
      'openPart',
      'sealPart',
      'unwrapDataKey',
      'wipe',
      'wrapDataKey',
    ]),
  );
});

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing failed');
}
