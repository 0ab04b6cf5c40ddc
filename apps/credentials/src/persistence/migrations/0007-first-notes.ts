import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * The sealed note that a credential had before its first edit; see
 * persistence/first-notes.ts. The release before keeps none.
 */
export class FirstNotes1764000600000 extends ForwardMigration {
  name = 'FirstNotes1764000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE credential ADD COLUMN first_note bytea');
  }
}
