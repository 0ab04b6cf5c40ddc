import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { type PublicSigningKey, type SigningKey, SigningKeyError } from './keys.js';
import { addPublishedKeys, readPublishedKeys } from './published-keys.js';

const keyFileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pem$/;
const others = 0o077;

/**
 * Ed25519 keys in a directory of their own (0700), one file (PKCS #8 PEM, 0600) per
 * key. Hosts need not share it: each signs with its own newest key, and verification
 * uses the public keys of all.
 */
export class SigningKeyDirectory {
  /** Makes the directory when it is missing. */
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /**
   * @returns the newest key; undefined where there is none yet.
   * @throws SigningKeyError for a file that others may read, or that is no key
   */
  newest(): SigningKey | undefined {
    const kid = this.kids().at(-1);
    return kid === undefined ? undefined : toSigningKey(kid, readPrivateKey(this.file(kid)));
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
    const { uid } = statSync(path);
    if (uid !== process.geteuid?.())
      throw new SigningKeyError(
        `${path} belongs to user ${uid}, who could not read a key of yours: be that user.`,
      );
  }

  /** Makes a key, durable before this returns. */
  create(): SigningKey {
    const kid = uuidv7();
    const { privateKey } = generateKeyPairSync('ed25519');
    writePrivateKey(this.directory, this.file(kid), privateKey);
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
  publish(keys: readonly PublicSigningKey[]): void {
    addPublishedKeys(this.directory, keys);
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

/** Atomic: readers see no key or the whole key, even after a power cut. */
function writePrivateKey(directory: string, file: string, key: KeyObject): void {
  const draft = `${file}.draft`;
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    fchmodSync(descriptor, 0o600);
    writeSync(descriptor, key.export({ type: 'pkcs8', format: 'pem' }) as string);
    fsyncSync(descriptor);
    renameSync(draft, file);
  } finally {
    closeSync(descriptor);
    rmSync(draft, { force: true });
  }
  const folder = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  fsyncSync(folder);
  closeSync(folder);
}

/** Checked on the open file, so that it cannot be exchanged in between. */
function readPrivateKey(file: string): KeyObject {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode, uid } = fstatSync(descriptor);
    if ((mode & others) !== 0 || uid !== process.geteuid?.())
      throw new SigningKeyError(
        `Others may reach ${file}. ` +
          'Move it away: the service makes a new one, and what it signed stays verifiable.',
      );
    return parseKey(file, readFileSync(descriptor, 'utf8'));
  } finally {
    closeSync(descriptor);
  }
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
