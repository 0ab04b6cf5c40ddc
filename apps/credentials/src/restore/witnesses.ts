import { join } from 'node:path';
import { type RememberedDestruction } from '#contracts';
import { type PublicKeySet, readStatement, StatementError } from '#signing';
import { type RemoteWitness } from './remote-witness.js';
import { type Mark } from '../domain/database-mark.js';
import { readMarkFile } from './mark-file.js';

/**
 * The file of this host, beside its signing keys: a ring in Vault has no folder, and
 * these have one on every host.
 */
export const markFileIn = (signingKeysDir: string): string =>
  join(signingKeysDir, 'database-mark.jws');

/** The `typ` of a signed mark. */
export const markType = 'database-mark+jws';

/** What is kept of a database outside of it. */
export interface Testimony extends Mark {
  readonly iss: '/credentials';
  /** RFC 3339, UTC; by the clock of the database. */
  readonly at: string;
  /**
   * The credentials that were destroyed by then, with events that were not published
   * yet; null where they are too many to be named.
   */
  readonly owed: readonly string[] | null;
}

/**
 * What is known of the database outside of it, where a restore changes nothing: in a file
 * beside this host's signing keys, and in `tickets`.
 */
export class Witnesses {
  constructor(
    private readonly file: string,
    private readonly remote: RemoteWitness,
    private readonly keys: { publicKeys(): Promise<PublicKeySet> },
  ) {}

  /**
   * What both know of the database; the file may be about another one.
   * @throws when `tickets` cannot be asked
   */
  async recall(database: string): Promise<Testimony[]> {
    const found = [
      await this.onFile(),
      await this.believe((await this.remote.witness({ database })).statement),
    ];
    return found.filter((testimony) => testimony !== undefined);
  }

  onFile(): Promise<Testimony | undefined> {
    return this.believe(readMarkFile(this.file));
  }

  /**
   * Those of the credentials that were destroyed, as far as `tickets` knows.
   * @param credentialIds at most `maxCredentialsAsked`
   */
  async destroyedOf(
    database: string,
    credentialIds: readonly string[],
  ): Promise<readonly RememberedDestruction[]> {
    return (await this.remote.witness({ database, credentialIds })).destroyed;
  }

  /**
   * A statement that is not signed by one of our keys is ignored: whoever could forge
   * one could as well remove it.
   */
  private async believe(statement: string | null): Promise<Testimony | undefined> {
    if (statement === null) return undefined;
    try {
      return (await readStatement(statement, markType, await this.keys.publicKeys()))
        .claims as Testimony;
    } catch (error) {
      if (error instanceof StatementError) return undefined;
      throw error;
    }
  }
}
