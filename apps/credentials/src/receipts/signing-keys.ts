import { type PublicKeySet, type SigningKey, type SigningKeyDirectory } from '#signing';
import { type Sql } from '#postgres';
import { insertPublicKey, readPublicKeys } from '../persistence/signing-keys.js';

const day = 86_400_000;
/** How long a key signs; its public half is kept for good. */
const maxAge = 90 * day;

/**
 * The keys that sign receipts and checkpoints, outside the ring whose keys are destroyed by epoch. The private half is a file of this host;
 * the public half is in the database before anything is signed, so that every signature can be verified.
 */
export class SigningKeys {
  private present: SigningKey | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly directory: SigningKeyDirectory,
  ) {}

  /** The newest key of the directory, whichever process made it. @throws SigningKeyError */
  async current(): Promise<SigningKey> {
    const newest = this.directory.newest();
    if (newest === undefined || !isYoung(newest)) return this.rotate();
    return newest.kid === this.present?.kid ? this.present : this.use(newest);
  }

  /** Makes a key that signs from now on. Private halves of the ones before are deleted; what they signed stays verifiable. */
  rotate(): Promise<SigningKey> {
    return this.use(this.directory.create());
  }

  /** All that ever signed, as a JWKS. */
  async publicKeys(): Promise<PublicKeySet> {
    return { keys: await readPublicKeys(this.sql) };
  }

  private async use(key: SigningKey): Promise<SigningKey> {
    await insertPublicKey(this.sql, key.publicKey);
    this.directory.retireOld();
    this.directory.publish(await this.publicKeys());
    this.present = key;
    return key;
  }
}

/** The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, section 5.7). */
const madeAt = ({ kid }: SigningKey): number => Number.parseInt(kid.replaceAll('-', '').slice(0, 12), 16);
const isYoung = (key: SigningKey): boolean => Date.now() - madeAt(key) < maxAge;
