import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * The list of replies is ordered by the time of the database; ids
 * are by the clock of a host.
 */
export class RepliesByTime1790000000000 extends ForwardMigration {
  /**
   * A release that runs meanwhile goes on writing replies, however long the index takes.
   */
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // What an interrupted run has left is there, and not valid.
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS reply_by_time');
    await runner.query(
      'CREATE INDEX CONCURRENTLY reply_by_time ON reply (ticket_id, created_at, id)',
    );
  }
}
