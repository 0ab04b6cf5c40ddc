import { timingSafeEqual } from 'node:crypto';
import { closeSync, constants, fchmodSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyLength } from './aead.js';
import { binding, item } from './binding.js';
import { derive } from './derive.js';
import { KeyRingError } from './key-ring.js';
import { allocateSecret, wipe } from './secret-bytes.js';

/** A key file is one byte of version, the key, and the check. */
const version = 1;
const checkLength = 16;
const keyEnd = 1 + keyLength;
const fileLength = keyEnd + checkLength;
const others = 0o077;

/**
 * The caller wipes the key.
 *
 * @returns undefined if there is no such file
 * @throws KeyRingError for a file that somebody else may read, or that is not a key
 */
export function readKeyFile(file: string, kekId: string): Buffer | undefined {
  const descriptor = openKeyFile(file);
  if (descriptor === undefined) return undefined;
  const content = allocateSecret(fileLength);
  try {
    checkKeyFile(file, descriptor);
    if (readSync(descriptor, content, 0, fileLength, 0) !== fileLength) throw wrongLength(file);
    if (content[0] !== version)
      throw new KeyRingError('wrong-version', `${file} is of a version this release does not know. Start the release that wrote it.`);
    if (!timingSafeEqual(content.subarray(keyEnd), checkOf(kekId, content.subarray(1, keyEnd)))) throw damaged(file);
    const key = allocateSecret(keyLength);
    content.copy(key, 0, 1);
    return key;
  } finally {
    wipe(content);
    closeSync(descriptor);
  }
}

/** Whoever looks sees no key or all of it, even after a power cut. */
export function writeKeyFile(file: string, kekId: string, key: Buffer): void {
  const draft = `${file}.draft`;
  const content = Buffer.concat([Buffer.of(version), key, checkOf(kekId, key)]);
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    fchmodSync(descriptor, 0o600);
    writeSync(descriptor, content);
    fsyncSync(descriptor);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    wipe(content);
    closeSync(descriptor);
  }
  syncDirectory(dirname(file));
}

/** Unlinked, not overwritten: a cut between the two would leave a file that is no key, and journals and flash keep the old bytes anyway. */
export function removeKeyFile(file: string): void {
  rmSync(file, { force: true });
  syncDirectory(dirname(file));
}

/** Tells a flipped bit or a renamed file at once, instead of by secrets that do not open; tells nothing about the key. */
const checkOf = (kekId: string, key: Buffer): Buffer => derive(key, Buffer.alloc(0), binding('key-file', item(kekId)), checkLength);

/** Without this a rename or an unlink may be undone by a power cut. */
function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openKeyFile(file: string): number | undefined {
  try {
    // Checks are made on the open file, so that it cannot be exchanged in between; a pipe in its place must not block us.
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw notAKeyFile(file);
    throw error;
  }
}

function checkKeyFile(file: string, descriptor: number): void {
  const status = fstatSync(descriptor);
  if (!status.isFile()) throw notAKeyFile(file);
  checkOwner(file, status.uid);
  if ((status.mode & others) !== 0)
    throw new KeyRingError(
      'exposed-key',
      `Other users may reach the key file ${file}. Run chmod 600 on it, and rotate: it may have been read.`,
    );
  if (status.size !== fileLength) throw wrongLength(file);
}

/** The mode does not bind an owner, who can change it: a key is ours alone only if the file is ours. */
export function checkOwner(path: string, uid: number): void {
  if (uid !== process.geteuid?.())
    throw new KeyRingError(
      'wrong-owner',
      `${path} belongs to another user. Run chown on it for the user that runs this service, and rotate.`,
    );
}

const notAKeyFile = (file: string): KeyRingError =>
  new KeyRingError(
    'not-a-key-file',
    `${file} is a link or no regular file. Put the key file itself in its place, or move it out of the ring.`,
  );

const wrongLength = (file: string): KeyRingError =>
  new KeyRingError('wrong-length', `${file} does not have the ${fileLength} bytes of a key file. It is damaged: move it out of the ring.`);

const damaged = (file: string): KeyRingError =>
  new KeyRingError(
    'damaged-key',
    `${file} is damaged, or the file of another key under this name. Put the right file in its place, or move it out.`,
  );
