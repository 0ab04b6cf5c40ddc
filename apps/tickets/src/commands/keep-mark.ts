import { type DataSource } from 'typeorm';
import { type CredentialsMark, keepMark } from '../persistence/witness.js';

/**
 * Keeps how far the database of `credentials` has come, so that a restore of it is
 * noticed (docs/adr/0014-a-restored-credentials-database.md).
 */
export class KeepMark {
  constructor(private readonly dataSource: DataSource) {}

  execute(mark: CredentialsMark): Promise<void> {
    return keepMark(this.dataSource, mark);
  }
}
