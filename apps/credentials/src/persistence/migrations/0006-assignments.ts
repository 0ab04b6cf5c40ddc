import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * An assignment is written down once for each event, which `request_id` names. No
 * other entry is in this index.
 */
export class Assignments1764000500000 extends ForwardMigration {
  name = 'Assignments1764000500000';
  /**
   * A release that runs meanwhile goes on writing to the log,
   * however long the index takes.
   */
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an interrupted run has left is there, and not valid.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS assignment_once');
    await runner.query(
      `CREATE UNIQUE INDEX CONCURRENTLY assignment_once
         ON access_log (ticket_id, request_id) WHERE action IN ('assign', 'unassign')`,
    );
  }
}
