import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * One entry for each ticket that has changed since it is noted, whatever
 * the number of its changes.
 */
export class ChangesByTransaction1810000000000 extends ForwardMigration {
  /**
   * A release that runs meanwhile goes on writing tickets, however long the index takes.
   */
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an interrupted run has left is there, and not valid.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS ticket_by_transaction');
    await runner.query(
      `CREATE INDEX CONCURRENTLY ticket_by_transaction ON ticket (changed_in)
       WHERE changed_in IS NOT NULL`,
    );
  }
}
