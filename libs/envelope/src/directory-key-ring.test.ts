import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DirectoryKeyRing } from './directory-key-ring.js';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'ring-')));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = (): Promise<DirectoryKeyRing> => DirectoryKeyRing.open(directory);
const fileOf = (kekId: string): string => join(directory, `${kekId}.kek`);
const missing = { code: 'missing-key' };

async function createKey(ring: DirectoryKeyRing): Promise<string> {
  const kekId = uuidv7();
  await ring.create(kekId);
  return kekId;
}

/** What it promises as every ring does: test/conformance/key-ring.ts. */
describe('a ring in a directory', () => {
  it('keeps a key as one file of mode 0600, named by its id, and leaves no draft', async () => {
    const kekId = await createKey(await open());
    expect(readdirSync(directory)).toEqual([`${kekId}.kek`]);
    expect(statSync(fileOf(kekId)).mode & 0o777).toBe(0o600);
  });

  it('never makes a path of what is no key id', async () => {
    const outside = await createKey(await open());
    mkdirSync(join(directory, 'inner'), { mode: 0o700 });
    const ring = await DirectoryKeyRing.open(join(directory, 'inner'));
    for (const kekId of [`../${outside}`, '', '.', `${outside}\0`, outside.replace('-7', '-G')]) {
      await expect(ring.read(kekId)).rejects.toMatchObject(missing);
      await expect(ring.remove(kekId)).rejects.toMatchObject(missing);
      await expect(ring.create(kekId)).rejects.toMatchObject(missing);
    }
    expect(statSync(fileOf(outside)).size).toBe(49);
  });

  it('leaves files of other names alone', async () => {
    const names = ['README', 'lost+found', 'notes.kek.draft', 'x.kek'];
    for (const name of names) writeFileSync(join(directory, name), 'x', { mode: 0o644 });
    for (const name of names) utimesSync(join(directory, name), 0, 0);
    expect(await (await open()).list()).toEqual([]);
    expect(readdirSync(directory).sort()).toEqual(names.sort());
  });
});

describe('the draft of a creation that was interrupted', () => {
  /** @param age seconds */
  function plantDraft(age: number): string {
    const draft = `${fileOf(uuidv7())}.draft`;
    writeFileSync(draft, Buffer.alloc(49), { mode: 0o600 });
    utimesSync(draft, Date.now() / 1000 - age, Date.now() / 1000 - age);
    return draft;
  }

  it('is removed when the ring is opened', async () => {
    plantDraft(61);
    await open();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is removed when the next key is made', async () => {
    const ring = await open();
    plantDraft(61);
    const kekId = await createKey(ring);
    expect(readdirSync(directory)).toEqual([`${kekId}.kek`]);
  });

  it('is no key, and is let be while another process may be at work on it', async () => {
    const draft = plantDraft(30);
    expect(await (await open()).list()).toEqual([]);
    await createKey(await open());
    expect(statSync(draft).size).toBe(49);
  });
});
