import { edit, type Mutation } from './mutation.js';

const connection = 'libs/postgres/src/new-connection.ts';
const guard = 'libs/postgres/src/migration-guard.ts';
const pooler = 'test/component/postgres/pooler.test.ts';

/** Where a database, as people run it, could be read wrongly, or answer for another. */
export const databaseMutations: readonly Mutation[] = [
  {
    name: 'the settings of a new connection',
    promise: 'no setting of a database changes how its values are read',
    edits: [
      edit(
        connection,
        'if (settable.length > 0) await set(client, settable, wanted);',
        'void set; void settable;',
      ),
    ],
    tests: ['test/component/postgres/settings.test.ts'],
  },
  {
    name: "the settings of the service's role",
    promise: 'the settings of our connections also hold behind a connection pooler',
    edits: [
      edit(
        'libs/postgres/src/role-settings.ts',
        "await client.query('COMMIT');",
        "await client.query('ROLLBACK');",
      ),
    ],
    tests: [pooler],
  },
  {
    name: 'the check of the settings behind a connection pooler',
    promise: 'a service does not run on connections that lack its settings',
    edits: [
      edit(
        connection,
        'if (lacking.length === 0) return different.filter(isKept);',
        'if (lacking.length >= 0) return different.filter(isKept);',
      ),
    ],
    tests: [pooler],
  },
  {
    name: 'the transaction that holds the lock of migrations',
    promise: 'only one process migrates a database at a time',
    edits: [
      edit(guard, 'await guard.startTransaction();'),
      edit(guard, 'await guard.rollbackTransaction();'),
      edit(guard, 'await guard.commitTransaction();'),
      edit(guard, 'pg_try_advisory_xact_lock(', 'pg_try_advisory_lock('),
    ],
    tests: [pooler],
  },
  {
    name: 'the locking read that only the primary can answer',
    promise: 'no decision is based on what a standby answers',
    edits: [
      edit(
        'libs/postgres/src/on-primary.ts',
        '`NOT EXISTS (SELECT FROM ${table} WHERE false FOR KEY SHARE)`',
        "(table && 'true')",
      ),
    ],
    tests: ['test/component/tickets/standby.test.ts'],
  },
  {
    name: 'the check that the database takes changes',
    promise: 'a service whose database takes no changes is not ready',
    edits: [
      edit(
        'libs/backing-services/src/database.module.ts',
        'requireWritable(dataSource).catch(sayWhy)',
        'dataSource.query("SELECT 1").then(() => void sayWhy)',
      ),
    ],
    tests: [
      'test/component/tickets/standby.test.ts',
      'test/component/credentials/read-only.test.ts',
    ],
  },
  {
    name: 'the check of what the role may create',
    promise: 'the role of a service cannot create anything, on any version of PostgreSQL',
    edits: [
      edit('libs/postgres/src/grants.ts', 'await requireNoDdl(tx, user);', 'void requireNoDdl;'),
    ],
    tests: ['test/component/postgres/migrate.test.ts'],
  },
  {
    name: 'the grants in the last migration',
    promise: 'a service that starts may use the tables that its migrations have made',
    edits: [
      edit(
        'libs/postgres/src/last-migration.ts',
        'await grant(runner.manager);',
        'void (runner.manager, grant);',
      ),
    ],
    tests: ['test/component/postgres/migrate.test.ts'],
  },
];
