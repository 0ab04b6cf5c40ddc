import { openPrivateFile, PrivateFileError, replaceDurably } from '#private-files';
import { keyFileFault } from './key-file-faults.js';
import { decodeKey, encodeKey, recordLength, wrongLength } from './key-record.js';
import { allocateSecret, wipe } from './secret-bytes.js';

/**
 * A draft is not a key yet. An abandoned one may be removed:
 * nothing was ever wrapped with it.
 */
export const draftSuffix = '.draft';

/**
 * The caller wipes the key.
 *
 * @returns undefined if there is no such file
 * @throws KeyRingError for a file that another user may read, or that is not a key
 */
export async function readKeyFile(file: string, kekId: string): Promise<Buffer | undefined> {
  const handle = await openKeyFile(file);
  if (handle === undefined) return undefined;
  const content = allocateSecret(recordLength);
  try {
    if ((await handle.stat()).size !== recordLength) throw wrongLength(file);
    const { bytesRead } = await handle.read(content, 0, recordLength, 0);
    return decodeKey(file, kekId, content.subarray(0, bytesRead));
  } finally {
    wipe(content);
    await handle.close();
  }
}

/** Atomic: readers see no key or the whole key, even after a power cut. */
export async function writeKeyFile(file: string, kekId: string, key: Buffer): Promise<void> {
  const content = encodeKey(kekId, key);
  try {
    await replaceDurably(file, content, { draft: `${file}${draftSuffix}` });
  } finally {
    wipe(content);
  }
}

async function openKeyFile(file: string): ReturnType<typeof openPrivateFile> {
  try {
    return await openPrivateFile(file);
  } catch (error) {
    throw error instanceof PrivateFileError ? keyFileFault(error) : error;
  }
}
