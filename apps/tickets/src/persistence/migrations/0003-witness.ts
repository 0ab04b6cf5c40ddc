import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * What is remembered for `credentials`, whose own database may be restored: how far each
 * database of it had come, as it said itself, and which credentials it has destroyed. An
 * id is forgotten when the credential would have expired.
 */
const tables = [
  `CREATE TABLE credentials_mark (
     database  uuid PRIMARY KEY,
     life      integer NOT NULL,
     beat      bigint NOT NULL,
     statement text NOT NULL
   ) WITH (fillfactor = 10)`,
  `CREATE TABLE destroyed_credential (
     id         uuid PRIMARY KEY,
     ticket_id  text COLLATE "C" NOT NULL,
     receipt_id uuid NOT NULL,
     reason     text NOT NULL,
     forget_at  timestamptz NOT NULL
   )`,
  'CREATE INDEX destroyed_credential_to_forget ON destroyed_credential (forget_at)',
];

export class Witness1780000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }
}
