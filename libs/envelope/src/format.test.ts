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

/**
 * The reader of the page is in test/support/crypto-format.ts;
 * test/component/keys/format.test.ts holds it to the same vector.
 */
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
    expect(
      sealWith(
        dataKey,
        { context, part: 'core', version: 1 },
        vector('fields'),
        vector('part nonce'),
      ),
    ).toEqual(vector('sealed'));
  });

  it('writes the key file of the test vector', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'format-'));
    await writeKeyFile(join(directory, 'key'), kekId, vector('kek'));
    expect(readFileSync(join(directory, 'key'))).toEqual(vector('key file'));
    rmSync(directory, { recursive: true });
  });
});
