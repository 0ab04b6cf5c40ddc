import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * A migration without a way back, which would drop data that exists in no backup. The
 * previous release works with the new schema, so a rollback needs none.
 */
export abstract class ForwardMigration implements MigrationInterface {
  abstract up(runner: QueryRunner): Promise<void>;

  down(): Promise<void> {
    return Promise.reject(
      new Error('migrations go forward only: the release before works with this schema'),
    );
  }
}
