import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { keyLength } from './aead.js';
import { KeyEncryptionKey } from './key-encryption-key.js';
import { checkOwner, readKeyFile, removeKeyFile, writeKeyFile } from './key-file.js';
import { type KeyRing, KeyRingError } from './key-ring.js';
import { randomSecret, wipe } from './secret-bytes.js';

const keyFileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.kek$/;
const others = 0o077;

/**
 * A ring in a directory of its own (0700), one file (0600) per key, shared by the processes of one host. Never back it up: a copy of a key
 * would bring back what was destroyed with it. Other names in the directory are left alone, drafts of an interrupted `create` too: nothing
 * was ever wrapped with those.
 */
export class DirectoryKeyRing implements KeyRing {
  readonly #keys = new Map<string, KeyEncryptionKey>();

  private constructor(private readonly directory: string) {}

  /** @throws KeyRingError if the directory or any key in it is missing, damaged, or open to other users */
  static open(directory: string): DirectoryKeyRing {
    checkDirectory(directory);
    const ring = new DirectoryKeyRing(realpathSync(directory));
    for (const kekId of ring.list()) ring.load(kekId);
    return ring;
  }

  list(): string[] {
    const kekIds = readdirSync(this.directory).flatMap((name) => keyFileName.exec(name)?.[1] ?? []);
    this.forgetAllBut(new Set(kekIds));
    return kekIds.sort();
  }

  create(): string {
    const kekId = uuidv7();
    const key = randomSecret(keyLength);
    try {
      writeKeyFile(this.file(kekId), kekId, key);
      this.#keys.set(kekId, KeyEncryptionKey.fromBytes(kekId, key));
      return kekId;
    } finally {
      wipe(key);
    }
  }

  key(kekId: string): KeyEncryptionKey {
    const known = this.#keys.get(kekId);
    if (known !== undefined) return known;
    // Another process may have made it. Only names the directory listed become paths.
    const found = this.list().includes(kekId) ? this.load(kekId) : undefined;
    if (found === undefined) throw missingKey(this.directory, kekId);
    return found;
  }

  destroy(kekId: string): void {
    if (!keyFileName.test(`${kekId}.kek`)) throw missingKey(this.directory, kekId);
    this.#keys.delete(kekId);
    removeKeyFile(this.file(kekId));
  }

  private load(kekId: string): KeyEncryptionKey | undefined {
    const bytes = readKeyFile(this.file(kekId), kekId);
    if (bytes === undefined) return undefined;
    const kek = KeyEncryptionKey.fromBytes(kekId, bytes);
    wipe(bytes);
    this.#keys.set(kekId, kek);
    return kek;
  }

  /** What another process destroyed must not live on in this one's memory. */
  private forgetAllBut(kekIds: ReadonlySet<string>): void {
    for (const kekId of this.#keys.keys()) if (!kekIds.has(kekId)) this.#keys.delete(kekId);
  }

  private file(kekId: string): string {
    return join(this.directory, `${kekId}.kek`);
  }
}

const missingKey = (directory: string, kekId: string): KeyRingError =>
  new KeyRingError('missing-key', `The key ring ${directory} has no key ${kekId}. Without it, what it wrapped must be asked for anew.`);

function checkDirectory(directory: string): void {
  const status = statSync(directory, { throwIfNoEntry: false });
  if (!status?.isDirectory())
    throw new KeyRingError('missing-directory', `The key ring ${directory} is no directory. Create it: mkdir -m 700 ${directory}`);
  checkOwner(directory, status.uid);
  if ((status.mode & others) !== 0)
    throw new KeyRingError(
      'exposed-directory',
      `Other users may enter the key ring ${directory}. Run chmod 700 on it, and rotate its keys.`,
    );
  for (let path = realpathSync(directory); path !== dirname(path); path = dirname(path))
    if (existsSync(join(path, 'PG_VERSION')))
      throw new KeyRingError(
        'ring-in-database',
        `The key ring lies in the database directory ${path}, so its backups would hold the keys. Move it out.`,
      );
}
