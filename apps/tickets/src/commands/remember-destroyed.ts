import { type DataSource } from 'typeorm';
import { type CredentialsDestroyedData, parseCredentialsDestroyed } from '#contracts';
import { rememberDestroyed } from '../persistence/witness.js';
import { inBatches } from '../in-batches.js';

/** Remembers what `credentials` has destroyed, should a restore bring it back. */
export class RememberDestroyed {
  private readonly destructions = inBatches(this.remember.bind(this));

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Resolves when it is committed, with what comes at the same time.
   * @param document a CloudEvent, as it was received
   * @throws InvalidEventError
   */
  async execute(document: unknown): Promise<void> {
    await this.destructions.add(parseCredentialsDestroyed(document).data);
  }

  private async remember(destroyed: readonly CredentialsDestroyedData[]): Promise<undefined[]> {
    await rememberDestroyed(this.dataSource, destroyed);
    return destroyed.map(() => undefined);
  }
}
