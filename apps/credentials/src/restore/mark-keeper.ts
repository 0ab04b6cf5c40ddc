import { type Sql } from '#postgres';
import { signStatement } from '#signing';
import { type Advanced, maxOwed } from '../persistence/database-mark.js';
import { type SigningKeys } from '../receipts/signing-keys.js';
import { type RemoteWitness } from './remote-witness.js';
import { type Mark } from '../domain/database-mark.js';
import { writeMarkFile } from './mark-file.js';
import { markType, type Testimony } from './witnesses.js';

/** Keeps the mark where a restore of the database does not reach. */
export class MarkKeeper {
  private last: { readonly mark: Mark; readonly statement: string } | undefined;

  /** @param sql where the public half of the signing key is stored */
  constructor(
    private readonly sql: Sql,
    private readonly keys: Pick<SigningKeys, 'current'>,
    private readonly file: string,
    private readonly remote: RemoteWitness,
  ) {}

  /** Signs it and writes it to the file. @throws SigningKeyError */
  async keep({ owed, at, ...mark }: Advanced): Promise<void> {
    const testimony: Testimony = {
      iss: '/credentials',
      ...mark,
      at: at.toISOString(),
      owed: owed.length > maxOwed ? null : owed,
    };
    const statement = await signStatement(await this.keys.current(this.sql), markType, testimony);
    await writeMarkFile(this.file, statement);
    this.last = { mark, statement };
  }

  /** Tells `tickets` what was kept last. */
  async sendToTickets(): Promise<void> {
    if (this.last === undefined) return;
    const { mark, statement } = this.last;
    await this.remote.witness({
      database: mark.database,
      mark: { life: mark.life, beat: mark.beat, statement },
    });
  }
}
