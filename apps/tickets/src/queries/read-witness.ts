import { type DataSource } from 'typeorm';
import { type WitnessAnswer } from '#contracts';
import { destroyedAmong, keptStatement } from '../persistence/witness.js';

interface ReadWitnessInput {
  /** The one of `credentials`, by its id. */
  readonly database: string;
  /** Of those that it has stored. */
  readonly credentialIds: readonly string[];
}

/** What we remember of `credentials`, and its own database may have forgotten. */
export class ReadWitness {
  constructor(private readonly dataSource: DataSource) {}

  async execute({ database, credentialIds }: ReadWitnessInput): Promise<WitnessAnswer> {
    const statement = await keptStatement(this.dataSource, database);
    const destroyed =
      credentialIds.length === 0 ? [] : await destroyedAmong(this.dataSource, credentialIds);
    return { statement, destroyed };
  }
}
