import { type EntityManager, type MigrationInterface, type QueryRunner } from 'typeorm';
import { type Migrations } from './data-source.js';

type Grant = (manager: EntityManager) => Promise<void>;

/**
 * The migrations, the last of which grants as well. A service starts when it finds the
 * name of that one, so whatever the migrations made must be granted before. TypeORM
 * records the name after `up`, in the same transaction if the migration has one.
 */
export function withGrants(migrations: Migrations, grant: Grant): Migrations {
  const last = migrations.at(-1);
  return last === undefined ? [] : [...migrations.slice(0, -1), thenGranting(last, grant)];
}

/** A migration of the same name, with or without a transaction as before. */
const thenGranting = (Migration: Migrations[number], grant: Grant): Migrations[number] =>
  class implements MigrationInterface {
    private readonly migration = new Migration();
    readonly name = this.migration.name ?? Migration.name;
    readonly transaction = this.migration.transaction;

    async up(runner: QueryRunner): Promise<void> {
      await this.migration.up(runner);
      await grant(runner.manager);
    }

    down(runner: QueryRunner): Promise<void> {
      return this.migration.down(runner);
    }
  };
