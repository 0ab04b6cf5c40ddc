import { type EntityManager } from 'typeorm';
import { rows } from './sql.js';

/**
 * The statements that grant a role what a service, or a library, needs.
 * @param role a quoted identifier
 */
export type Grants = (role: string) => readonly string[];

/** What a library needs in the database of a service that uses it. */
export interface LibrarySchema {
  /** Statements of the migration that creates its tables. */
  readonly tables: readonly string[];
  /** For the service's role; to be among the grants of the service. */
  readonly grants: Grants;
}

/**
 * Takes from the service's role what it was granted before, and grants it what it needs.
 * One transaction, so that a running service never sees its rights gone.
 * @throws when the role could act as the owner, or create tables
 */
export async function restrictRole(
  owner: EntityManager,
  user: string | undefined,
  grants: Grants,
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
 * What holds for the role of every service:
 * - It creates nothing, neither in the schema nor as a temporary table.
 * - It keeps nothing that an earlier release granted.
 * - It sees which migrations have run.
 */
const baseline = (role: string, database: string): readonly string[] => [
  'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
  `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
  `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${role}`,
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT ON migration TO ${role}`,
];
