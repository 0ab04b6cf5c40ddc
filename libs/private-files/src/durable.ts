import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const onlyOurs = 0o600;

interface ReplaceOptions {
  /**
   * The name until the content is whole; it must not exist. By chance by default: in
   * containers that share a folder, each writer may be process 1.
   */
  readonly draft?: string;
  /** Default 0600. */
  readonly mode?: number;
}

/**
 * Writes a file in one step, durable before this resolves: a reader sees nothing or what
 * was there before, and then the whole content, even after a power cut.
 */
export async function replaceDurably(
  path: string,
  content: string | Buffer,
  { draft = `${path}.${randomUUID()}`, mode = onlyOurs }: ReplaceOptions = {},
): Promise<void> {
  const handle = await open(draft, 'wx', mode);
  try {
    // An access list of the directory may have widened it.
    await handle.chmod(mode);
    await handle.writeFile(content);
    await handle.sync();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await syncDirectory(dirname(path));
}

/** Adds to a file, durable before this resolves. One that it makes is for us alone. */
export async function appendDurably(path: string, content: string): Promise<void> {
  const handle = await open(path, 'a', onlyOurs);
  try {
    const { size } = await handle.stat();
    await handle.appendFile(content);
    await handle.sync();
    if (size === 0) await syncDirectory(dirname(path));
  } finally {
    await handle.close();
  }
}

/**
 * Unlinked, not overwritten: a cut between the two would leave a file that is damaged,
 * and journals and flash keep the old bytes anyway. Idempotent.
 */
export async function removeDurably(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncDirectory(dirname(path));
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
