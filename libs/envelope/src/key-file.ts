import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exposedKey, notAKeyFile, wrongOwner } from './key-file-faults.js';
import { decodeKey, encodeKey, recordLength, wrongLength } from './key-record.js';
import { allocateSecret, wipe } from './secret-bytes.js';

const others = 0o077;

/**
 * A draft is not a key yet. An abandoned one may be removed:
 * nothing was ever wrapped with it.
 */
export const draftSuffix = '.draft';

/**
 * The caller wipes the key.
 *
 * @returns undefined if there is no such file
 * @throws KeyRingError for a file that somebody else may read, or that is not a key
 */
export async function readKeyFile(file: string, kekId: string): Promise<Buffer | undefined> {
  const handle = await openKeyFile(file);
  if (handle === undefined) return undefined;
  const content = allocateSecret(recordLength);
  try {
    await checkKeyFile(file, handle);
    const { bytesRead } = await handle.read(content, 0, recordLength, 0);
    return decodeKey(file, kekId, content.subarray(0, bytesRead));
  } finally {
    wipe(content);
    await handle.close();
  }
}

/** Atomic: readers see no key or the whole key, even after a power cut. */
export async function writeKeyFile(file: string, kekId: string, key: Buffer): Promise<void> {
  const draft = `${file}${draftSuffix}`;
  const handle = await open(draft, 'wx', 0o600);
  const content = encodeKey(kekId, key);
  try {
    await handle.chmod(0o600);
    await handle.write(content);
    await handle.sync();
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    wipe(content);
    await handle.close();
  }
  await syncDirectory(dirname(file));
}

/**
 * Unlinked, not overwritten: a cut between the two would leave a file that is no key, and
 * journals and flash keep the old bytes anyway.
 */
export async function removeKeyFile(file: string): Promise<void> {
  await rm(file, { force: true });
  await syncDirectory(dirname(file));
}

/**
 * The mode does not bind an owner, who can change it: a key is ours
 * alone only if the file is ours.
 */
export function checkOwner(path: string, uid: number): void {
  if (uid !== process.geteuid?.()) throw wrongOwner(path);
}

/** Without this a rename or an unlink may be undone by a power cut. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openKeyFile(file: string): Promise<FileHandle | undefined> {
  try {
    // Checks are made on the open file, so that it cannot be exchanged in between; a pipe
    // in its place must not block us.
    return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw notAKeyFile(file);
    throw error;
  }
}

async function checkKeyFile(file: string, handle: FileHandle): Promise<void> {
  const status = await handle.stat();
  if (!status.isFile()) throw notAKeyFile(file);
  checkOwner(file, status.uid);
  if ((status.mode & others) !== 0) throw exposedKey(file);
  if (status.size !== recordLength) throw wrongLength(file);
}
