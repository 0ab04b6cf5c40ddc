import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '#postgres';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'));
});
afterAll(() => database.drop());

const migrateIt = () =>
  migrate({ migrationUrl: database.ownerUrl, serviceUrl: database.serviceUrl, migrations, grants });
const name = 'Assignments1764000500000';

describe('an index that is built while a release runs', () => {
  it('is built once by replicas that start together, none of which waits for ever', async () => {
    const done = (await Promise.all([migrateIt(), migrateIt(), migrateIt()])).flat();
    expect(done.filter((one) => one === name)).toHaveLength(1);
  });

  it('is built anew where a run was interrupted before it was written down', async () => {
    await database.query(`DELETE FROM migration WHERE name = '${name}'`);
    // As an index that is not valid lets itself be known here: it is
    // not the one that is wanted.
    await database.query(
      `DROP INDEX assignment_once;
       CREATE INDEX assignment_once ON access_log (ticket_id)`,
    );
    expect(await migrateIt()).toEqual([name]);
    const sql = `
      SELECT indisunique AS one, indisvalid AS valid
      FROM pg_index
      WHERE indexrelid = 'assignment_once'::regclass`;
    expect(await database.query(sql)).toEqual([{ one: true, valid: true }]);
  });
});
