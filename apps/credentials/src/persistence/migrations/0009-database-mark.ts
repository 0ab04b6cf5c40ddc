import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * Which database this is, and how far it has come: one row that only ever moves forward,
 * unless an older copy of the database takes the place of this one. Rewritten once a
 * second by each replica, hence the fillfactor.
 */
const statements = [
  `CREATE TABLE database_mark (
     one           boolean PRIMARY KEY DEFAULT true CHECK (one),
     database      uuid NOT NULL DEFAULT gen_random_uuid(),
     -- One more with every restore that an operator has reconciled.
     life          integer NOT NULL DEFAULT 1,
     beat          bigint NOT NULL DEFAULT 0,
     doubt         text,
     doubted_since timestamptz
   ) WITH (
     fillfactor = 10,
     autovacuum_vacuum_scale_factor = 0,
     autovacuum_vacuum_threshold = 1000
   )`,
  'INSERT INTO database_mark DEFAULT VALUES',
];

export class DatabaseMark1764000800000 extends ForwardMigration {
  name = 'DatabaseMark1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}
