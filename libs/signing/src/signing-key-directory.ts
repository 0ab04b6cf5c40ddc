import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { isOurs, openPrivateFile, PrivateFileError, replaceDurably } from '#private-files';
import { type PublicSigningKey, type SigningKey, SigningKeyError } from './keys.js';
import { addPublishedKeys, readPublishedKeys } from './published-keys.js';

const keyFileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pem$/;

/**
 * Ed25519 keys in a directory of their own (0700), one file (PKCS #8 PEM, 0600) per
 * key. Hosts need not share it: each signs with its own newest key, and verification
 * uses the public keys of all.
 */
export class SigningKeyDirectory {
  /** Each write of this process adds to what is there, so one follows the other. */
  private publishing: Promise<void> = Promise.resolve();

  /** Makes the directory when it is missing. */
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /**
   * @returns the newest key; undefined where there is none yet.
   * @throws SigningKeyError for a file that others may read, or that is no key
   */
  async newest(): Promise<SigningKey | undefined> {
    const kid = this.kids().at(-1);
    return kid === undefined ? undefined : toSigningKey(kid, await readPrivateKey(this.file(kid)));
  }

  /**
   * For a command beside the service: a key that this process makes replaces the
   * service's own, so the service must be able to read it.
   * @throws SigningKeyError where the newest key, or the directory while it has
   *   none, belongs to another user
   */
  requireOwner(): void {
    const kid = this.kids().at(-1);
    const path = kid === undefined ? this.directory : this.file(kid);
    const status = statSync(path);
    if (!isOurs(status))
      throw new SigningKeyError(
        `${path} belongs to user ${status.uid}, who could not read a key of yours: be that user.`,
      );
  }

  /** Makes a key, durable before this returns. */
  async create(): Promise<SigningKey> {
    const kid = uuidv7();
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await replaceDurably(this.file(kid), pem);
    return toSigningKey(kid, privateKey);
  }

  /**
   * Deletes all but the newest: signatures are verified by the public
   * halves, which are kept elsewhere.
   */
  retireOld(): void {
    for (const kid of this.kids().slice(0, -1)) rmSync(this.file(kid), { force: true });
  }

  /** The public keys that were published here. @throws SigningKeyError */
  published(): readonly PublicSigningKey[] {
    return readPublishedKeys(this.directory);
  }

  /**
   * Adds public keys of all hosts to those that were published here.
   * @throws SigningKeyError
   */
  publish(keys: readonly PublicSigningKey[]): Promise<void> {
    const published = this.publishing.then(() => addPublishedKeys(this.directory, keys));
    this.publishing = published.catch(() => undefined);
    return published;
  }

  private kids(): string[] {
    return readdirSync(this.directory)
      .flatMap((name) => keyFileName.exec(name)?.[1] ?? [])
      .sort();
  }

  private file(kid: string): string {
    return join(this.directory, `${kid}.pem`);
  }
}

function toSigningKey(kid: string, privateKey: KeyObject): SigningKey {
  const { kty, crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { kid, privateKey, publicKey: { kty, crv, x, kid, use: 'sig', alg: 'EdDSA' } };
}

async function readPrivateKey(file: string): Promise<KeyObject> {
  const handle = await openKeyFile(file);
  try {
    return parseKey(file, await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

/** @throws SigningKeyError; another Error where the file has just been retired */
async function openKeyFile(file: string): Promise<FileHandle> {
  try {
    const handle = await openPrivateFile(file);
    if (handle !== undefined) return handle;
  } catch (error) {
    if (!(error instanceof PrivateFileError)) throw error;
    throw new SigningKeyError(
      `Others may reach ${file}. ` +
        'Move it away: the service makes a new one, and what it signed stays verifiable.',
    );
  }
  throw new Error(`${file} is gone: another process has made a newer key.`);
}

function parseKey(file: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The parser's own message could quote the key.
  }
  throw new SigningKeyError(
    `${file} is no Ed25519 key in PKCS #8 PEM. Move it away: the service makes a new one.`,
  );
}
