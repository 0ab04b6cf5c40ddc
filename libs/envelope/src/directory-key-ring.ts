import { type Stats } from 'node:fs';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isOpenToOthers, isOurs, removeDurably } from '#private-files';
import { keyLength } from './aead.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { draftSuffix, readKeyFile, writeKeyFile } from './key-file.js';
import { wrongOwner } from './key-file-faults.js';
import { isKekId } from './key-record.js';
import { type KeyRing, KeyRingError } from './key-ring.js';
import { randomSecret, wipe } from './secret-bytes.js';

const suffix = '.kek';
/** Age in ms from which a draft counts as abandoned; finishing one takes a few ms. */
const abandonedAfter = 60_000;

/**
 * A ring in a directory of its own (0700), one file (0600) per key, shared by the
 * processes of one host. Never back it up: a copy of a key would bring back what was
 * destroyed with it. Other names in the directory are left alone.
 */
export class DirectoryKeyRing implements KeyRing {
  private constructor(private readonly directory: string) {}

  /**
   * @throws KeyRingError if the directory is missing, or if it or any key in it is
   *   damaged or open to other users
   */
  static async open(directory: string): Promise<DirectoryKeyRing> {
    await checkDirectory(directory);
    const ring = new DirectoryKeyRing(await realpath(directory));
    await ring.removeAbandonedDrafts();
    for (const kekId of await ring.list()) await ring.load(kekId);
    return ring;
  }

  async list(): Promise<string[]> {
    return (await this.named(suffix)).sort();
  }

  async create(kekId: string): Promise<void> {
    await this.removeAbandonedDrafts();
    const file = this.file(kekId);
    if ((await statusOf(file)) !== undefined)
      throw new Error(`The key ring ${this.directory} has a key ${kekId} already.`);
    const key = randomSecret(keyLength);
    try {
      await writeKeyFile(file, kekId, key);
    } finally {
      wipe(key);
    }
  }

  async read(kekId: string): Promise<KeyEncryptionKey> {
    const key = await this.load(kekId);
    if (key === undefined) throw this.missing(kekId);
    return key;
  }

  async remove(kekId: string): Promise<void> {
    await removeDurably(this.file(kekId));
  }

  private async load(kekId: string): Promise<KeyEncryptionKey | undefined> {
    const bytes = await readKeyFile(this.file(kekId), kekId);
    if (bytes === undefined) return undefined;
    try {
      return KeyEncryptionKey.fromBytes(kekId, bytes);
    } finally {
      wipe(bytes);
    }
  }

  /**
   * Drafts of interrupted creations. Younger ones may still be in use by another process.
   */
  private async removeAbandonedDrafts(): Promise<void> {
    for (const kekId of await this.named(`${suffix}${draftSuffix}`)) {
      const draft = `${this.file(kekId)}${draftSuffix}`;
      const status = await statusOf(draft);
      if (status !== undefined && Date.now() - status.mtimeMs > abandonedAfter)
        await rm(draft, { force: true });
    }
  }

  /** Ids of the keys whose file names have this ending. */
  private async named(ending: string): Promise<string[]> {
    const names = (await readdir(this.directory)).filter((name) => name.endsWith(ending));
    return names.map((name) => name.slice(0, -ending.length)).filter(isKekId);
  }

  /** Only a valid key id becomes a path. */
  private file(kekId: string): string {
    if (!isKekId(kekId)) throw this.missing(kekId);
    return join(this.directory, `${kekId}${suffix}`);
  }

  private missing(kekId: string): KeyRingError {
    const message =
      `The key ring ${this.directory} has no key ${kekId}. ` +
      'Without it, what it wrapped must be asked for anew.';
    return new KeyRingError('missing-key', message);
  }
}

async function checkDirectory(directory: string): Promise<void> {
  const status = await statusOf(directory);
  if (!status?.isDirectory())
    throw new KeyRingError(
      'missing-directory',
      `The key ring ${directory} is no directory. Create it: mkdir -m 700 ${directory}`,
    );
  if (!isOurs(status)) throw wrongOwner(directory);
  if (isOpenToOthers(status))
    throw new KeyRingError(
      'exposed-directory',
      `Other users may enter the key ring ${directory}. Run chmod 700 on it, and rotate its keys.`,
    );
  for (let path = await realpath(directory); path !== dirname(path); path = dirname(path))
    if ((await statusOf(join(path, 'PG_VERSION'))) !== undefined)
      throw new KeyRingError(
        'ring-in-database',
        `The key ring lies in the database directory ${path}, ` +
          'so its backups would hold the keys. Move it out.',
      );
}

/** @returns undefined if it does not exist */
async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
