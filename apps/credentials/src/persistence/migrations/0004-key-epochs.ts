import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * What the rotation of keys writes down; see persistence/keys.ts. The release before this
 * makes keys that are current at once.
 */
const statements = [
  'ALTER TABLE key_encryption_key ADD COLUMN current_since timestamptz DEFAULT now()',
  'UPDATE key_encryption_key SET current_since = created_at',
  `CREATE TABLE destroyed_key (
     id uuid PRIMARY KEY,
     destroyed_at timestamptz NOT NULL DEFAULT now()
   )`,
  // A way through the credentials of one key, ticket by ticket; it serves the foreign key
  // as the one before it did.
  'CREATE INDEX credential_by_key_and_ticket ON credential (kek_id, ticket_id)',
  'DROP INDEX credential_by_key',
];

export class KeyEpochs1764000200000 extends ForwardMigration {
  name = 'KeyEpochs1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}
