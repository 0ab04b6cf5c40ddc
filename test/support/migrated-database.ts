import { migrate } from '#postgres';
import { createTestDatabase, type TestDatabase } from './database.js';

type Schema = Pick<Parameters<typeof migrate>[0], 'migrations' | 'grants'>;

/** A database of its own, with all that a service has in it: after its deployment. */
export async function migratedDatabase(
  adminUrl: string,
  { migrations, grants }: Schema,
): Promise<TestDatabase> {
  const database = await createTestDatabase(adminUrl);
  const { ownerUrl: migrationUrl, serviceUrl } = database;
  await migrate({ migrationUrl, serviceUrl, migrations, grants });
  return database;
}
