import { fstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectoryKeyRing } from './directory-key-ring.js';

let directory = '';
let synced: string[] = [];

/**
 * Only a power cut shows a missing fsync. What can be shown is that each one is called,
 * on what, and in which state of the directory.
 */
beforeEach(async () => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'durable-')));
  synced = [];
  const handle = await open(directory);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  // Called with its own `this` below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { sync } = prototype;
  jest.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
    const status = fstatSync(this.fd);
    const what = status.isDirectory() ? 'the directory' : `a file of ${status.size} bytes`;
    synced.push(`${what}, while it holds [${readdirSync(directory).join()}]`);
    await sync.call(this);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const kekId = '01900000-0000-7000-8000-000000000000';

describe('a ring in a directory makes durable', () => {
  it('a new key: its content before it has its name, then its name', async () => {
    const ring = await DirectoryKeyRing.open(directory);
    await ring.create(kekId);
    expect(synced).toEqual([
      `a file of 49 bytes, while it holds [${kekId}.kek.draft]`,
      `the directory, while it holds [${kekId}.kek]`,
    ]);
  });

  it('the removal of a key', async () => {
    const ring = await DirectoryKeyRing.open(directory);
    await ring.create(kekId);
    synced = [];
    await ring.remove(kekId);
    expect(synced).toEqual(['the directory, while it holds []']);
  });
});
