import { createDecipheriv, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dataKeyFrom } from './data-key.js';
import { encodeFields } from './fields.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { writeKeyFile } from './key-file.js';
import { sealWith } from './part.js';
import { wrapWith } from './wrap.js';

const page = readFileSync(new URL('../../../docs/crypto-format.md', import.meta.url), 'utf8');
const context = ['ticket-1', 'credential-1'];
const kekId = '00000000-0000-7000-8000-000000000000';

/** The bytes behind a name in the page's test vector, which go on over indented lines. */
function vector(name: string): Buffer {
  const found = new RegExp(`^${name} +((?:[0-9a-f]+\\s+)+)`, 'm').exec(page)?.[1];
  if (found === undefined) throw new Error(`The page has no ${name}.`);
  return Buffer.from(found.replaceAll(/\s/g, ''), 'hex');
}

describe('the writer follows docs/crypto-format.md', () => {
  const dataKey = dataKeyFrom(vector('data key'));
  const fields = { username: 'ada', password: 'p\u00e4ss\ud800', link: null };

  it('wraps the data key into the bytes of the test vector', () => {
    const randomness = { salt: vector('wrap salt'), nonce: vector('wrap nonce') };
    const kek = KeyEncryptionKey.fromBytes(kekId, vector('kek'));
    expect(wrapWith(kek, dataKey, [...context, 'kek-1'], randomness)).toEqual(vector('wrapped'));
  });

  it('encodes and seals the part into the bytes of the test vector', () => {
    expect(encodeFields(fields)).toEqual(vector('fields'));
    expect(sealWith(dataKey, { context, part: 'core', version: 1 }, vector('fields'), vector('part nonce'))).toEqual(vector('sealed'));
  });

  it('writes the key file of the test vector', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'format-'));
    await writeKeyFile(join(directory, 'key'), kekId, vector('kek'));
    expect(readFileSync(join(directory, 'key'))).toEqual(vector('key file'));
    rmSync(directory, { recursive: true });
  });
});

// From here on nothing of this library is used: this is the page once more, in code.
const u32 = (value: number): Buffer => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
const item = (text: string): Buffer => Buffer.concat([u32(Buffer.from(text).length), Buffer.from(text)]);
const list = (texts: string[]): Buffer => Buffer.concat([u32(texts.length), ...texts.map(item)]);
const binding = (purpose: string, rest: Buffer): Buffer => Buffer.concat([Buffer.of(1), item(`private-credentials/${purpose}`), rest]);

function hkdf(secret: Buffer, salt: Buffer, info: Buffer): Buffer {
  const pseudorandom = createHmac('sha512', salt).update(secret).digest();
  return createHmac('sha512', pseudorandom).update(info).update(Buffer.of(1)).digest();
}

function gcm(key: Buffer, nonce: Buffer, associated: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAAD(associated).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

describe('a decoder written from docs/crypto-format.md alone', () => {
  it('opens the wrapped data key, whose commitment is right', () => {
    const wrapped = vector('wrapped');
    const bound = binding('wrap', list([...context, 'kek-1']));
    const derived = hkdf(vector('kek'), wrapped.subarray(1, 33), bound);
    expect(wrapped).toHaveLength(125);
    expect(wrapped.subarray(33, 65)).toEqual(derived.subarray(32));
    expect(gcm(derived.subarray(0, 32), wrapped.subarray(65, 77), bound, wrapped.subarray(77))).toEqual(vector('data key'));
  });

  it('opens the sealed part and reads its fields', () => {
    const sealed = vector('sealed');
    const key = hkdf(vector('data key'), Buffer.alloc(64), binding('part', item('core'))).subarray(0, 32);
    const associated = binding('part', Buffer.concat([list(context), item('core'), u32(0), u32(1)]));
    const padded = gcm(key, sealed.subarray(1, 13), associated, sealed.subarray(13));
    expect(padded).toEqual(Buffer.concat([vector('fields'), Buffer.of(0x80)]));
    expect(readTexts(padded)).toEqual(['username', 'ada', 'password', 'p\u00e4ss\ud800', 'link', null]);
  });

  it('finds the check of the key file right', () => {
    const file = vector('key file');
    const check = hkdf(file.subarray(1, 33), Buffer.alloc(64), binding('key-file', item(kekId)));
    expect(file.subarray(33)).toEqual(check.subarray(0, 16));
  });
});

function readTexts(bytes: Buffer): (string | null)[] {
  const texts: (string | null)[] = [];
  let offset = 4;
  while (texts.length < 2 * bytes.readUInt32BE(0)) {
    const flag = bytes[offset++];
    const length = flag === 0 ? 0 : bytes.readUInt32BE(offset);
    offset += flag === 0 ? 0 : 4;
    texts.push(flag === 0 ? null : bytes.toString(flag === 1 ? 'utf8' : 'utf16le', offset, offset + length));
    offset += length;
  }
  return texts;
}
