import { type DataSource } from 'typeorm';
import { parseCredentialsDestroyed } from '#contracts';
import { rememberDestroyed } from '../persistence/witness.js';

/** Remembers what `credentials` has destroyed, should a restore bring it back. */
export class RememberDestroyed {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param document a CloudEvent, as it was received
   * @throws InvalidEventError
   */
  async execute(document: unknown): Promise<void> {
    await rememberDestroyed(this.dataSource, parseCredentialsDestroyed(document).data);
  }
}
