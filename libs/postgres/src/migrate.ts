import { DataSource, type EntityManager } from 'typeorm';
import { createDataSourceOptions, type Migrations } from './data-source.js';
import { parseDatabaseUrl } from './database-url.js';
import { type Grants, restrictRole } from './grants.js';
import { withGrants } from './last-migration.js';
import { withMigrationLock } from './migration-guard.js';
import { keepRoleSettings } from './role-settings.js';

interface MigrationPlan {
  /** URL of the owner of the schema. */
  readonly migrationUrl: string;
  /**
   * URL of the service's restricted role, which must exist. The role's settings are made
   * over it, since only the role itself may.
   */
  readonly serviceUrl: string;
  readonly migrations: Migrations;
  /** What the service needs, and nothing else. Granted anew at every start. */
  readonly grants: Grants;
  /** Told at once, and every 30 seconds, that another migration is waited for. */
  readonly waiting?: (reason: string) => void;
}

/**
 * Brings the schema up to date as its owner, then sets what the service's role
 * may do, and how its sessions begin. Safe to run at every start and from
 * several processes at once.
 * @returns the names of the migrations that were run
 * @throws when the service's role could act as the owner, or create tables, since then
 *   nothing would be restricted
 */
export async function migrate({
  migrationUrl,
  serviceUrl,
  migrations,
  grants,
  waiting = () => undefined,
}: MigrationPlan): Promise<readonly string[]> {
  const grant = (manager: EntityManager) =>
    restrictRole(manager, parseDatabaseUrl(serviceUrl).user, grants);
  const options = {
    url: migrationUrl,
    applicationName: 'migrate',
    migrations: withGrants(migrations, grant),
    poolSize: 2,
    statementTimeout: 0,
  };
  const owner = await new DataSource(createDataSourceOptions(options)).initialize();
  try {
    return await withMigrationLock(owner, waiting, async () => {
      const done = await owner.runMigrations({ transaction: 'each' });
      await grant(owner.manager);
      await keepRoleSettings(serviceUrl);
      return done.map(({ name }) => name);
    });
  } finally {
    await owner.destroy();
  }
}
