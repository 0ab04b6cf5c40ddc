import { edit, type Mutation } from './mutation.js';

const connection = 'libs/postgres/src/new-connection.ts';
const guard = 'libs/postgres/src/migration-guard.ts';
const pooler = 'test/component/postgres/pooler.test.ts';

/** Where a database, as people run it, could be read wrongly, or answer for another. */
export const databaseMutations: readonly Mutation[] = [
  {
    name: 'the settings of a new connection',
    promise: 'no setting of a database changes what is read from it',
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
    promise: 'our settings hold behind a pooler',
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
    name: 'the look at the settings behind a pooler',
    promise: 'a service does not run without its settings',
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
    promise: 'one migration runs at a time',
    edits: [
      edit(guard, 'await guard.startTransaction();'),
      edit(guard, 'await guard.rollbackTransaction();'),
      edit(guard, 'await guard.commitTransaction();'),
      edit(guard, 'pg_try_advisory_xact_lock(', 'pg_try_advisory_lock('),
    ],
    tests: [pooler],
  },
  {
    name: 'the lock that sends a deciding read to the primary',
    promise: 'a standby decides nothing',
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
    name: 'the look at whether the database takes changes',
    promise: 'a service without its primary is not ready',
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
    name: 'the look at what the role may create',
    promise: 'a service can change no schema, on any version of PostgreSQL',
    edits: [
      edit('libs/postgres/src/grants.ts', 'await requireNoDdl(tx, user);', 'void requireNoDdl;'),
    ],
    tests: ['test/component/postgres/migrate.test.ts'],
  },
  {
    name: 'the grants in the last migration',
    promise: 'a service that starts may use what its migrations made',
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
