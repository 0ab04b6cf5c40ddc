import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DirectoryKeyRing } from '#envelope';
import { KeyCache } from './key-cache.js';

let directory = '';
let ring: DirectoryKeyRing;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'cache-'));
  ring = await DirectoryKeyRing.open(directory);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function createKey(): Promise<string> {
  const kekId = uuidv7();
  await ring.create(kekId);
  return kekId;
}

describe('keys in memory', () => {
  it('are read from the ring once, however many ask for one at once and afterwards', async () => {
    const kekId = await createKey();
    const read = jest.spyOn(ring, 'read');
    const cache = new KeyCache(ring);
    const keys = await Promise.all(Array.from({ length: 20 }, () => cache.get(kekId)));
    keys.push(await cache.get(kekId));
    expect(new Set(keys).size).toBe(1);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('learn a key that another process made meanwhile', async () => {
    const cache = new KeyCache(ring);
    const kekId = uuidv7();
    await (await DirectoryKeyRing.open(directory)).create(kekId);
    expect((await cache.get(kekId)).id).toBe(kekId);
  });

  it('do not remember that one was missing', async () => {
    const cache = new KeyCache(ring);
    const kekId = uuidv7();
    await expect(Promise.all([cache.get(kekId), cache.get(kekId)])).rejects.toMatchObject({
      code: 'missing-key',
    });
    await ring.create(kekId);
    expect((await cache.get(kekId)).id).toBe(kekId);
  });
});
