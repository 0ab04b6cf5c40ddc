import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Why a file is not ours alone, or no file at all. */
export type Exposure = 'not-a-file' | 'wrong-owner' | 'open-to-others';

/** The caller knows what the file is for, and so what is to be done about it. */
export class PrivateFileError extends Error {
  override readonly name = 'PrivateFileError';

  constructor(
    readonly path: string,
    readonly exposure: Exposure,
  ) {
    super(`${path} is ${exposure}`);
  }
}

/** The mode does not bind an owner, who can change it. */
export const isOurs = ({ uid }: Pick<Stats, 'uid'>): boolean => uid === process.geteuid?.();

/** Whether its group or others may do anything with it. */
export const isOpenToOthers = ({ mode }: Pick<Stats, 'mode'>): boolean => (mode & 0o077) !== 0;

/**
 * Opens a file to read it, and looks at the open file, so that it cannot be exchanged in
 * between. The caller closes it.
 * @returns undefined if there is no such file
 * @throws PrivateFileError for a file that another user may reach, a link, or a device
 */
export async function openPrivateFile(path: string): Promise<FileHandle | undefined> {
  const handle = await openItself(path);
  if (handle === undefined) return undefined;
  try {
    const exposure = exposureOf(await handle.stat());
    if (exposure !== undefined) throw new PrivateFileError(path, exposure);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openItself(path: string): Promise<FileHandle | undefined> {
  try {
    // A link is not followed, and a pipe in its place must not block us.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') throw new PrivateFileError(path, 'not-a-file');
    throw error;
  }
}

function exposureOf(status: Stats): Exposure | undefined {
  if (!status.isFile()) return 'not-a-file';
  if (!isOurs(status)) return 'wrong-owner';
  return isOpenToOthers(status) ? 'open-to-others' : undefined;
}
