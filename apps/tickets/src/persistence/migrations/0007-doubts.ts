import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * Whether a ticket is in doubt stands in its row, since it decides access; why, and up to
 * where a person has settled it, beside that (`domain/doubt.ts`), for the few of which
 * its home ever said something that was not understood. Positions are compared by bytes.
 */
const statements = [
  'ALTER TABLE ticket ADD COLUMN doubted boolean NOT NULL DEFAULT false',
  `CREATE TABLE ticket_doubt (
     ticket_id text COLLATE "C" PRIMARY KEY REFERENCES ticket (id),
     at        text COLLATE "C" NOT NULL,
     event_id  text,
     reason    text NOT NULL,
     heard_at  timestamptz NOT NULL,
     settled   text COLLATE "C"
   )`,
];

export class Doubts1820000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}
