import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DataKey } from './data-key.js';
import { DirectoryKeyRing } from './directory-key-ring.js';
import { OpenError } from './open-error.js';
import { unwrapDataKey, wrapDataKey } from './wrap.js';

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

describe('a ring in a directory', () => {
  it('keeps a key as one file of mode 0600, named by its id, and leaves no draft', async () => {
    const kekId = await createKey(await open());
    expect(readdirSync(directory)).toEqual([`${kekId}.kek`]);
    expect(statSync(fileOf(kekId)).mode & 0o777).toBe(0o600);
  });

  it('gives the same key after it was opened anew', async () => {
    const ring = await open();
    const kekId = await createKey(ring);
    const wrapped = wrapDataKey(await ring.read(kekId), DataKey.generate(), ['c']);
    const again = await (await open()).read(kekId);
    expect(again.id).toBe(kekId);
    expect(() => unwrapDataKey(again, wrapped, ['c'])).not.toThrow();
  });

  it('makes a new key each time, and lists them oldest first', async () => {
    const ring = await open();
    const [first, second] = [await createKey(ring), await createKey(ring)];
    const wrapped = wrapDataKey(await ring.read(first), DataKey.generate(), ['c']);
    const other = await ring.read(second);
    expect(() => unwrapDataKey(other, wrapped, ['c'])).toThrow(OpenError);
    expect(await ring.list()).toEqual([first, second]);
  });

  it('writes no key over another', async () => {
    const ring = await open();
    const kekId = await createKey(ring);
    const before = readFileSync(fileOf(kekId));
    await expect(ring.create(kekId)).rejects.toThrow('already');
    expect(readFileSync(fileOf(kekId))).toEqual(before);
  });

  it('finds a key that another process made after this one opened', async () => {
    const [ours, theirs] = [await open(), await open()];
    const kekId = await createKey(theirs);
    expect((await ours.read(kekId)).id).toBe(kekId);
    expect(await ours.list()).toEqual([kekId]);
  });

  it('removes a key for good, for every process, and does not mind being asked again', async () => {
    const [ours, theirs] = [await open(), await open()];
    const kekId = await createKey(ours);
    await ours.remove(kekId);
    await ours.remove(kekId);
    expect(readdirSync(directory)).toEqual([]);
    for (const ring of [ours, theirs, await open()]) await expect(ring.read(kekId)).rejects.toMatchObject(missing);
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

  it('leaves other names alone', async () => {
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
