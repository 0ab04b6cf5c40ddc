import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * What its home said of a ticket that is not known yet, and was not understood: the first
 * event that makes the ticket known takes it.
 */
const statement = `CREATE TABLE early_doubt (
     ticket_id text COLLATE "C" PRIMARY KEY,
     at        text COLLATE "C" NOT NULL,
     event_id  text,
     reason    text NOT NULL,
     heard_at  timestamptz NOT NULL
   )`;

export class EarlyDoubts1830000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statement);
  }
}
