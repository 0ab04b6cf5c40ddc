import { edit, type Mutation } from './mutation.js';

const connection = 'libs/postgres/src/new-connection.ts';
const guard = 'libs/postgres/src/migration-guard.ts';
const pooler = 'test/component/postgres/pooler.test.ts';

/** Where a database, as people run it, could be read wrongly, or answer for another. */
export const databaseMutations: readonly Mutation[] = [
  {
    name: 'the settings of a new connection',
    promise: 'no setting of a database changes what is read from it',
    edits: [edit(connection, 'if (settable.length > 0) await set(client, settable, wanted);', 'void set; void settable;')],
    tests: ['test/component/postgres/settings.test.ts'],
  },
  {
    name: "the settings of the service's role",
    promise: 'our settings hold behind a pooler',
    edits: [edit('libs/postgres/src/role-settings.ts', "await client.query('COMMIT');", "await client.query('ROLLBACK');")],
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
];
