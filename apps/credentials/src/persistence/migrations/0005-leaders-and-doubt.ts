import { type QueryRunner } from 'typeorm';
import { leadershipSchema } from '#leadership';
import { ForwardMigration } from '#postgres';

/**
 * Tickets about which the last answer of `tickets` was a fault. Few or none; each is
 * looked at until the truth is known again.
 */
const doubts = `
  CREATE TABLE standing_doubt (
    ticket_id text PRIMARY KEY,
    fault text NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
  )`;

export class LeadersAndDoubt1764000400000 extends ForwardMigration {
  name = 'LeadersAndDoubt1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const ddl of [...leadershipSchema.tables, doubts]) await runner.query(ddl);
  }
}
