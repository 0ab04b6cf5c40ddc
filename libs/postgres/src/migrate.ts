import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { createDataSourceOptions, type Migrations } from './data-source.js';
import { rows } from './sql.js';

export interface MigrationPlan {
  /** URL of the owner of the schema. */
  readonly migrationUrl: string;
  /** URL of the service's restricted role, which must exist; only its user name is used. */
  readonly serviceUrl: string;
  readonly migrations: Migrations;
  /** The statements that grant `role` (a quoted identifier) what the service needs, and nothing else. They run at every start. */
  readonly grants: (role: string) => readonly string[];
}

/** Any constant: every migration of this database takes this lock, so replicas that start together migrate once. */
const migrationLock = 7_300_146;

/**
 * Brings the schema up to date as its owner, then sets what the service's role may do. Safe to run at every start and from several
 * processes at once.
 * @returns the names of the migrations that were run
 * @throws when the service's role could act as the owner, since then nothing would be restricted
 */
export async function migrate({ migrationUrl, serviceUrl, migrations, grants }: MigrationPlan): Promise<readonly string[]> {
  const options = { url: migrationUrl, applicationName: 'migrate', migrations, poolSize: 2, statementTimeout: 0 };
  const owner = await new DataSource(createDataSourceOptions(options)).initialize();
  const guard = owner.createQueryRunner();
  try {
    await takeLock(guard);
    const grant = (manager: EntityManager) => restrict(manager, decodeURIComponent(new URL(serviceUrl).username), grants);
    alsoAfterLast(owner, grant);
    const done = await owner.runMigrations({ transaction: 'each' });
    await grant(owner.manager);
    return done.map(({ name }) => name);
  } finally {
    await guard.release();
    await owner.destroy();
  }
}

/**
 * Polls for the lock: a waiting statement holds a snapshot, for whose end CREATE INDEX CONCURRENTLY would wait, so that both would block.
 */
async function takeLock(guard: QueryRunner): Promise<void> {
  const ask = () => rows<{ taken: boolean }>(guard, 'SELECT pg_try_advisory_lock($1) AS taken', [migrationLock]);
  while (!(await ask())[0]?.taken) await sleep(100);
}

/**
 * Grants with the last migration, before its name is recorded: a service that finds all of its migrations may use what they made.
 * TypeORM records the name after `up`, in the same transaction if the migration has one.
 */
function alsoAfterLast({ migrations }: DataSource, grant: (manager: EntityManager) => Promise<void>): void {
  const last = migrations.at(-1);
  if (last === undefined) return;
  const up = last.up.bind(last);
  last.up = async (runner) => {
    await up(runner);
    await grant(runner.manager);
  };
}

/** One transaction, so that a running service never sees its rights gone. */
async function restrict(owner: EntityManager, user: string, grants: MigrationPlan['grants']): Promise<void> {
  const [found] = await rows<{ role: string; owner: boolean; database: string }>(
    owner,
    `SELECT quote_ident(rolname) AS role, pg_has_role(oid, current_user, 'MEMBER') AS owner, quote_ident(current_database()) AS database
       FROM pg_roles WHERE rolname = $1`,
    [user],
  );
  if (found === undefined) throw new Error("the service's database role does not exist");
  if (found.owner) throw new Error("the service's database role must not be, or act as, the owner of the schema");
  await owner.transaction(async (tx) => {
    for (const statement of [...baseline(found.role, found.database), ...grants(found.role)]) await tx.query(statement);
  });
}

/** No DDL: not in the schema, not in temporary tables; nothing from an earlier release's grants; to see which migrations have run. */
const baseline = (role: string, database: string): readonly string[] => [
  'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
  `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
  `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${role}`,
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT ON migration TO ${role}`,
];
