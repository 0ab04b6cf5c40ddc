import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/** Public keys of receipts and checkpoints, kept for good; and where the signer looks. */
export class SigningKeys1764000000000 extends ForwardMigration {
  name = 'SigningKeys1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE signing_key (
         kid uuid PRIMARY KEY,
         public_key jsonb NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    await runner.query(
      'CREATE INDEX receipt_unsigned ON destruction_receipt (destroyed_at) WHERE jws IS NULL',
    );
  }
}
