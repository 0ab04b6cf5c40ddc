import { type PublicKeySet, type SigningKey, type SigningKeyDirectory } from '#signing';
import { type Sql } from '#postgres';
import { insertPublicKeys, readPublicKeys } from '../persistence/signing-keys.js';

const day = 86_400_000;
/** How long a key signs; its public half is kept for good. */
const maxAge = 90 * day;

/**
 * The keys that sign receipts and checkpoints, outside the ring whose keys are destroyed
 * by epoch. The private half is a file of this host. The public half is in two places,
 * neither of which may lose it for the other: the database, from the transaction of a
 * signature on, for all hosts; and a file beside the private half, which a restore of
 * the database leaves as it is.
 */
export class SigningKeys {
  /** The `kid` of the key whose predecessors were put away. */
  private present: string | undefined;
  private choosing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly sql: Sql,
    private readonly directory: SigningKeyDirectory,
  ) {}

  /**
   * The newest key of the directory, whichever process made it.
   * @param tx of what it is to sign: stores the public half too, wherever it is missing,
   *   so that no signature is stored without it
   * @throws SigningKeyError
   */
  async current(tx: Sql): Promise<SigningKey> {
    const key = await this.inTurn(async () => {
      const newest = await this.directory.newest();
      return newest !== undefined && isYoung(newest) ? newest : this.directory.create();
    });
    return this.use(tx, key);
  }

  /**
   * Makes a key that signs from now on. Private halves of the ones before are deleted;
   * what they signed stays verifiable.
   */
  async rotate(tx: Sql = this.sql): Promise<SigningKey> {
    return this.use(tx, await this.inTurn(() => this.directory.create()));
  }

  /**
   * All that ever signed, as a JWKS: what the database knows, and what was published on
   * this host, which then is never less.
   */
  async publicKeys(): Promise<PublicKeySet> {
    await this.directory.publish(await readPublicKeys(this.sql));
    return { keys: this.directory.published() };
  }

  /** Brings the database and the file of this host up to each other. */
  async keep(): Promise<void> {
    const { keys } = await this.publicKeys();
    await insertPublicKeys(this.sql, keys);
  }

  /** Receipts and checkpoints ask at the same moment, and each would make a first key. */
  private inTurn(choose: () => Promise<SigningKey>): Promise<SigningKey> {
    const chosen = this.choosing.then(choose);
    this.choosing = chosen.catch(() => undefined);
    return chosen;
  }

  private async use(tx: Sql, key: SigningKey): Promise<SigningKey> {
    await insertPublicKeys(tx, [key.publicKey]);
    if (key.kid === this.present) return key;
    await this.directory.publish([key.publicKey]);
    this.directory.retireOld();
    this.present = key.kid;
    return key;
  }
}

/** The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562, section 5.7). */
const madeAt = ({ kid }: SigningKey): number =>
  Number.parseInt(kid.replaceAll('-', '').slice(0, 12), 16);
const isYoung = (key: SigningKey): boolean => Date.now() - madeAt(key) < maxAge;
