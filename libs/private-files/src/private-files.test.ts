import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  fstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { appendDurably, openPrivateFile, removeDurably, replaceDurably } from './index.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'));
  path = join(folder, 'file');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('a private file', () => {
  it('is opened where it is ours alone, and is undefined where there is none', async () => {
    await expect(openPrivateFile(path)).resolves.toBeUndefined();
    writeFileSync(path, 'secret', { mode: 0o600 });
    const handle = await openPrivateFile(path);
    await expect(handle?.readFile('utf8')).resolves.toBe('secret');
    await handle?.close();
  });

  it.each([0o640, 0o604, 0o620, 0o601])(
    'is refused where others may reach it: %o',
    async (mode) => {
      writeFileSync(path, 'secret');
      chmodSync(path, mode);
      await expect(openPrivateFile(path)).rejects.toMatchObject({
        path,
        exposure: 'open-to-others',
      });
    },
  );

  it('is refused where another user owns it, whatever its mode', async () => {
    writeFileSync(path, 'secret', { mode: 0o600 });
    const { geteuid } = process;
    process.geteuid = () => 4_294_967;
    const opened = openPrivateFile(path).finally(() => (process.geteuid = geteuid!));
    await expect(opened).rejects.toMatchObject({ exposure: 'wrong-owner' });
  });

  it('is refused where it is a link, even to a file that would do', async () => {
    writeFileSync(join(folder, 'other'), 'secret', { mode: 0o600 });
    symlinkSync(join(folder, 'other'), path);
    await expect(openPrivateFile(path)).rejects.toMatchObject({ exposure: 'not-a-file' });
  });

  it('is refused at once where it is a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', ['-m', '600', path]);
    await expect(openPrivateFile(path)).rejects.toMatchObject({ exposure: 'not-a-file' });
  });
});

describe('a file that is replaced', () => {
  it('is for nobody but us, unless it is asked for, and leaves no draft', async () => {
    await replaceDurably(path, 'one');
    await replaceDurably(path, Buffer.from('two'));
    await replaceDurably(join(folder, 'public'), 'key', { mode: 0o644 });
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'public')).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder).sort()).toEqual(['file', 'public']);
  });

  it('is left as it was where the new one cannot take its place', async () => {
    await expect(replaceDurably(folder, 'x', { draft: path })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has never two writers of one draft', async () => {
    writeFileSync(join(folder, 'draft'), '');
    await expect(replaceDurably(path, 'x', { draft: join(folder, 'draft') })).rejects.toMatchObject(
      { code: 'EEXIST' },
    );
    expect(readdirSync(folder)).toEqual(['draft']);
  });
});

/**
 * Only a power cut shows a missing fsync. What can be shown is that each one is called,
 * on what, and in which state of the directory.
 */
describe('what was written', () => {
  let synced: string[];
  beforeEach(async () => {
    synced = [];
    const handle = await open(folder);
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    // Called with its own `this` below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { sync } = prototype;
    jest.spyOn(prototype, 'sync').mockImplementation(async function (this: FileHandle) {
      const status = fstatSync(this.fd);
      const what = status.isDirectory() ? 'the directory' : `${status.size} bytes`;
      synced.push(`${what}, beside [${readdirSync(folder).join()}]`);
      await sync.call(this);
    });
  });

  it('is on the disk before it has its name, and then its name is', async () => {
    await replaceDurably(path, 'abc', { draft: `${path}.draft` });
    expect(synced).toEqual(['3 bytes, beside [file.draft]', 'the directory, beside [file]']);
  });

  it('is on the disk when it was added, and the name of a new file too', async () => {
    await appendDurably(path, 'abc');
    await appendDurably(path, 'd');
    expect(synced).toEqual([
      '3 bytes, beside [file]',
      'the directory, beside [file]',
      '4 bytes, beside [file]',
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is gone from the disk when it was removed, and may be removed again', async () => {
    await replaceDurably(path, 'abc');
    synced = [];
    await removeDurably(path);
    await removeDurably(path);
    expect(synced).toEqual(Array(2).fill('the directory, beside []'));
  });
});
