import { inBatches } from '#backing-services';
import { type CredentialsDestroyedData, parseCredentialsDestroyed } from '#contracts';
import { type Sql } from '#postgres';
import { rememberDestroyed } from '../persistence/witness.js';

/** Remembers what `credentials` has destroyed, should a restore bring it back. */
export class RememberDestroyed {
  private readonly destructions = inBatches(this.remember.bind(this));

  constructor(private readonly sql: Sql) {}

  /**
   * Resolves when it is committed, with what comes at the same time.
   * @param document a CloudEvent, as it was received
   * @throws InvalidEventError
   */
  async execute(document: unknown): Promise<void> {
    await this.destructions.add(parseCredentialsDestroyed(document).data);
  }

  private async remember(destroyed: readonly CredentialsDestroyedData[]): Promise<undefined[]> {
    await rememberDestroyed(this.sql, destroyed);
    return destroyed.map(() => undefined);
  }
}
