import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformFileSync } from '@swc/core';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadDevKey } from './dev-key.js';

const folder = mkdtempSync(join(tmpdir(), 'dev-key-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const publicPem = (file: string) =>
  loadDevKey(file).publicKey.export({ type: 'spki', format: 'pem' });

describe('the key of development tokens', () => {
  it('is made once, for its owner only, in a folder that is made too', () => {
    const file = join(folder, 'new', 'dev.pem');
    expect(publicPem(file)).toBe(publicPem(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'new'))).toEqual(['dev.pem']);
  });

  it('is the same for services that start at the same moment', async () => {
    const script = join(folder, 'load.mjs');
    const { code } = transformFileSync(join(import.meta.dirname, 'dev-key.ts'));
    writeFileSync(
      script,
      `${code}\n` +
        "console.log(loadDevKey(process.argv[2]).publicKey.export({ type: 'spki', format: 'pem' }));",
    );
    const file = join(folder, 'race', 'dev.pem');
    const start = () => promisify(execFile)(process.execPath, [script, file]);
    const keys = await Promise.all(Array.from({ length: 6 }, start));
    expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readdirSync(join(folder, 'race'))).toEqual(['dev.pem']);
  });

  it('is not replaced when it cannot be read as a key', () => {
    const file = join(folder, 'damaged.pem');
    writeFileSync(file, 'not a key');
    expect(() => loadDevKey(file)).toThrow();
    expect(readFileSync(file, 'utf8')).toBe('not a key');
  });

  it('may be one that somebody brought', () => {
    const file = join(folder, 'brought.pem');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(publicPem(file)).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
  });
});
