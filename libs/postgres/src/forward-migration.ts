import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * A migration that is never taken back: that would drop what no backup may hold. The release before it works with the new schema, so
 * going back needs none.
 */
export abstract class ForwardMigration implements MigrationInterface {
  abstract up(runner: QueryRunner): Promise<void>;

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only: the release before works with this schema'));
  }
}
