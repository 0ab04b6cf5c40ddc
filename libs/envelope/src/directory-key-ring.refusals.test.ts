import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DirectoryKeyRing } from './directory-key-ring.js';
import { KeyRingError } from './key-ring.js';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'ring-')));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = (): Promise<DirectoryKeyRing> => DirectoryKeyRing.open(directory);
const fileOf = (kekId: string): string => join(directory, `${kekId}.kek`);
const isRoot = process.geteuid?.() === 0;
const nobody = 65_534;
const stranger = '01900000-0000-7000-8000-000000000000';

/** A directory with one key in it. */
async function createKey(): Promise<string> {
  const kekId = uuidv7();
  await (await open()).create(kekId);
  return kekId;
}

async function faultOf(action: Promise<unknown>): Promise<KeyRingError> {
  const error: unknown = await action.then(
    () => new Error('nothing was refused'),
    (fault: unknown) => fault,
  );
  if (error instanceof KeyRingError) return error;
  throw error;
}
const codeOf = async (action: Promise<unknown>): Promise<KeyRingError['code']> =>
  (await faultOf(action)).code;

describe('a ring in a directory refuses', () => {
  it('with missing-directory: a directory that is not there, or a file in its place', async () => {
    const path = join(directory, 'none');
    expect(await faultOf(DirectoryKeyRing.open(path))).toMatchObject({
      code: 'missing-directory',
      message: expect.stringContaining(path),
    });
    writeFileSync(path, '');
    expect(await codeOf(DirectoryKeyRing.open(path))).toBe('missing-directory');
  });

  it.each([0o740, 0o720, 0o710, 0o704, 0o702, 0o701])(
    'with exposed-directory: a directory of mode %o',
    async (bits) => {
      chmodSync(directory, bits);
      expect(await faultOf(open())).toMatchObject({
        code: 'exposed-directory',
        message: expect.stringContaining(directory),
      });
    },
  );

  it('with ring-in-database: to be a database directory, or anywhere under one', async () => {
    writeFileSync(join(directory, 'PG_VERSION'), '18');
    const inner = join(directory, 'a', 'b');
    mkdirSync(inner, { recursive: true, mode: 0o700 });
    for (const path of [directory, inner])
      expect(await codeOf(DirectoryKeyRing.open(path))).toBe('ring-in-database');
  });

  it.each<[KeyRingError['code'], string, (file: string) => void]>([
    ['exposed-key', 'a key that its group may read', mode(0o640)],
    ['exposed-key', 'a key that others may write', mode(0o602)],
    ['wrong-length', 'an empty key file', content(() => Buffer.alloc(0))],
    ['wrong-length', 'a key file that was cut', content((bytes) => bytes.subarray(0, -1))],
    [
      'wrong-length',
      'a key file with a byte too many',
      content((bytes) => Buffer.concat([bytes, Buffer.of(0)])),
    ],
    ['wrong-version', 'a key file of another version', content((bytes) => flipped(bytes, 0))],
    ['damaged-key', 'a key with a bit flipped', content((bytes) => flipped(bytes, 7))],
    ['damaged-key', 'a check with a bit flipped', content((bytes) => flipped(bytes, 48))],
    ['not-a-key-file', 'a link to a key file', instead('ln', '-s', 'target')],
    ['not-a-key-file', 'a directory in the place of a key', instead('mkdir')],
    [
      'not-a-key-file',
      'a pipe in the place of a key, without waiting for its writer',
      instead('mkfifo'),
    ],
  ])('with %s: %s, when it opens and when the key is asked for', async (code, _, spoil) => {
    const ring = await open();
    const kekId = await createKey();
    const key = readFileSync(fileOf(kekId)).subarray(1, 33);
    spoil(fileOf(kekId));
    for (const error of [await faultOf(open()), await faultOf(ring.read(kekId))]) {
      expect(error.code).toBe(code);
      expect(error.message).toContain(fileOf(kekId));
      for (const encoding of ['hex', 'base64', 'latin1'] as const)
        expect(error.stack).not.toContain(key.toString(encoding).slice(0, 8));
    }
  });

  it('with wrong-owner: a directory that belongs to another user', async () => {
    // Root can give one away; anybody else finds one that is root's.
    if (isRoot) chownSync(directory, nobody, nobody);
    expect(await codeOf(DirectoryKeyRing.open(isRoot ? directory : '/'))).toBe('wrong-owner');
  });

  // Only root can make, and only root can open, a private file of somebody else: for
  // others the system refuses before us.
  if (isRoot) {
    it('with wrong-owner: a key file that belongs to another user, when it opens and when the key is asked for', async () => {
      const ring = await open();
      const kekId = await createKey();
      chownSync(fileOf(kekId), nobody, nobody);
      expect([await codeOf(open()), await codeOf(ring.read(kekId))]).toEqual([
        'wrong-owner',
        'wrong-owner',
      ]);
    });
  }

  it('with damaged-key: the file of one key under the name of another', async () => {
    copyFileSync(fileOf(await createKey()), fileOf(stranger));
    expect(await codeOf(open())).toBe('damaged-key');
  });
});

function mode(bits: number) {
  return (file: string): void => {
    chmodSync(file, bits);
  };
}

function content(change: (bytes: Buffer) => Buffer) {
  return (file: string): void => {
    writeFileSync(file, change(readFileSync(file)));
  };
}

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at]! ^= 2;
  return bytes;
}

/** The key itself stays beside it as `target`, a name that is no key's. */
function instead(command: string, ...options: string[]) {
  return (file: string): void => {
    renameSync(file, join(directory, 'target'));
    execFileSync(command, [...options, file]);
  };
}
