import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readStatement, signStatement, SigningKeyDirectory } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signing-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const keysIn = () => new SigningKeyDirectory(join(folder, 'keys'));
const fileOf = (kid: string) => join(folder, 'keys', `${kid}.pem`);

describe('a directory of signing keys', () => {
  it('keeps keys for nobody but their owner, and gives back the newest', async () => {
    const keys = keysIn();
    await expect(keys.newest()).resolves.toBeUndefined();
    await keys.create();
    const { kid } = await keys.create();
    await expect(keysIn().newest()).resolves.toMatchObject({ kid });
    expect(statSync(fileOf(kid)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
  });

  it('keeps the newest when the old ones are retired', async () => {
    const keys = keysIn();
    await keys.create();
    const { kid } = await keys.create();
    keys.retireOld();
    expect(readdirSync(join(folder, 'keys'))).toEqual([`${kid}.pem`]);
  });

  it('refuses a key that others may read, and a file that is none, without quoting it', async () => {
    const { kid } = await keysIn().create();
    chmodSync(fileOf(kid), 0o640);
    await expect(keysIn().newest()).rejects.toThrow(/Others may reach/);
    chmodSync(fileOf(kid), 0o600);
    writeFileSync(
      fileOf(kid),
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n',
    );
    const refused = await keysIn().newest().catch(String);
    expect(refused).toMatch(/is no Ed25519 key/);
    expect(refused).not.toContain('c2VjcmV0');
  });
});

it('public keys that are published at once are all kept', async () => {
  const keys = keysIn();
  const made = [await keys.create(), await keys.create(), await keys.create()];
  await Promise.all(made.map(({ publicKey }) => keys.publish([publicKey])));
  expect(keys.published()).toEqual(made.map(({ publicKey }) => publicKey));
});

describe('a signed statement', () => {
  it('is read with the public key alone, and with an old one after a new one was made', async () => {
    const keys = keysIn();
    const [old, young] = [await keys.create(), await keys.create()];
    const jws = await signStatement(old, 'receipt', { id: 1 });
    expect(await readStatement(jws, 'receipt', { keys: [young.publicKey, old.publicKey] })).toEqual(
      { kid: old.kid, claims: { id: 1 } },
    );
    expect(old.publicKey).not.toHaveProperty('d');
  });

  it('is not believed when it is changed, of another type, unsigned, or signed by a stranger', async () => {
    const [key, stranger] = [await keysIn().create(), await keysIn().create()];
    const known = { keys: [key.publicKey] };
    const jws = await signStatement(key, 'receipt', { id: 1 });
    const [header = '', , signature = ''] = jws.split('.');
    const changed = [header, Buffer.from('{"id":2}').toString('base64url'), signature].join('.');
    const none = `${Buffer.from('{"alg":"none","typ":"receipt"}').toString('base64url')}.${jws.split('.')[1]}.`;
    await expect(readStatement(changed, 'receipt', known)).rejects.toThrow(
      'the signature does not fit',
    );
    await expect(readStatement(jws, 'checkpoint', known)).rejects.toThrow('it is no checkpoint');
    await expect(readStatement(none, 'receipt', known)).rejects.toThrow(
      'it is no signed statement',
    );
    await expect(
      readStatement(await signStatement(stranger, 'receipt', {}), 'receipt', known),
    ).rejects.toThrow('none of the keys');
  });
});
