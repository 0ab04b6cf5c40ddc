import { DataSource, type EntityManager } from 'typeorm';
import { createDataSourceOptions, type Migrations } from './data-source.js';
import { parseDatabaseUrl } from './database-url.js';
import { alone } from './migration-guard.js';
import { keepRoleSettings } from './role-settings.js';
import { rows } from './sql.js';

export interface MigrationPlan {
  /** URL of the owner of the schema. */
  readonly migrationUrl: string;
  /**
   * URL of the service's restricted role, which must exist. The role's settings are made
   * over it, since only the role itself may.
   */
  readonly serviceUrl: string;
  readonly migrations: Migrations;
  /**
   * The statements that grant `role` (a quoted identifier) what the service needs, and
   * nothing else. They run at every start.
   */
  readonly grants: (role: string) => readonly string[];
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
  const options = {
    url: migrationUrl,
    applicationName: 'migrate',
    migrations,
    poolSize: 2,
    statementTimeout: 0,
  };
  const owner = await new DataSource(createDataSourceOptions(options)).initialize();
  const grant = (manager: EntityManager) =>
    restrict(manager, parseDatabaseUrl(serviceUrl).user, grants);
  try {
    return await alone(owner, waiting, async () => {
      alsoAfterLast(owner, grant);
      const done = await owner.runMigrations({ transaction: 'each' });
      await grant(owner.manager);
      await keepRoleSettings(serviceUrl);
      return done.map(({ name }) => name);
    });
  } finally {
    await owner.destroy();
  }
}

/**
 * Grants with the last migration, before its name is recorded: a service that finds all
 * of its migrations may use what they made. TypeORM records the name after `up`, in the
 * same transaction if the migration has one.
 */
function alsoAfterLast(
  { migrations }: DataSource,
  grant: (manager: EntityManager) => Promise<void>,
): void {
  const last = migrations.at(-1);
  if (last === undefined) return;
  const up = last.up.bind(last);
  last.up = async (runner) => {
    await up(runner);
    await grant(runner.manager);
  };
}

/** One transaction, so that a running service never sees its rights gone. */
async function restrict(
  owner: EntityManager,
  user: string | undefined,
  grants: MigrationPlan['grants'],
): Promise<void> {
  const [found] = await rows<{ role: string; owner: boolean; database: string }>(
    owner,
    `SELECT quote_ident(rolname) AS role,
       pg_has_role(oid, current_user, 'MEMBER') AS owner,
       quote_ident(current_database()) AS database
     FROM pg_roles
     WHERE rolname = $1`,
    [user],
  );
  if (found === undefined) throw new Error("the service's database role does not exist");
  if (found.owner)
    throw new Error("the service's database role must not be, or act as, the owner of the schema");
  await owner.transaction(async (tx) => {
    for (const statement of [...baseline(found.role, found.database), ...grants(found.role)])
      await tx.query(statement);
    await requireNoDdl(tx, user);
  });
}

/**
 * Before PostgreSQL 15 the schema belongs to the superuser, and what its owner does not
 * revoke stays, with no more than a warning.
 */
async function requireNoDdl(owner: EntityManager, user: string | undefined): Promise<void> {
  const statement = `SELECT has_schema_privilege($1::name, 'public', 'CREATE') AS may,
    quote_ident(current_user) AS owner`;
  const [found] = await rows<{ may: boolean; owner: string }>(owner, statement, [user]);
  if (found?.may !== false)
    throw new Error(
      "the service's database role may create tables in the schema public, where it must not: " +
        'before PostgreSQL 15, a superuser has to run once in this database: ' +
        `ALTER SCHEMA public OWNER TO ${found?.owner ?? ''}`,
    );
}

/**
 * No DDL: not in the schema, not in temporary tables; nothing from an earlier release's
 * grants; to see which migrations have run.
 */
const baseline = (role: string, database: string): readonly string[] => [
  'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
  `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
  `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${role}`,
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT ON migration TO ${role}`,
];
