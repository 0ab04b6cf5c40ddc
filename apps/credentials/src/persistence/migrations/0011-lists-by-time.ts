import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

const indexes = [
  ['credential_request_by_time', 'credential_request (ticket_id, created_at, id)'],
  ['destruction_receipt_by_time', 'destruction_receipt (ticket_id, destroyed_at, id)'],
] as const;

/** Lists are ordered by the time of the database; ids are by the clock of a host. */
export class ListsByTime1764001000000 extends ForwardMigration {
  name = 'ListsByTime1764001000000';
  /** A release that runs meanwhile goes on writing, however long an index takes. */
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of indexes) {
      // What an interrupted run has left is there, and not valid.
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON ${columns}`);
    }
  }
}
