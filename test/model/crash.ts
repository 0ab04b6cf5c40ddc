import { type TestDatabase } from '../support/database.js';

/**
 * Where a service may die: at its first statement of this kind, or at the commit of
 * the transaction that made it.
 */
export interface Place {
  readonly database: 'tickets' | 'credentials';
  readonly table: string;
  readonly on: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly atCommit: boolean;
}

const steps = [
  ['tickets', 'ticket', 'UPDATE'],
  ['tickets', 'ticket', 'INSERT'],
  ['tickets', 'outbox', 'INSERT'],
  ['credentials', 'ticket_gate', 'UPDATE'],
  ['credentials', 'credential', 'INSERT'],
  ['credentials', 'credential', 'DELETE'],
  ['credentials', 'access_log', 'INSERT'],
  ['credentials', 'destruction_receipt', 'INSERT'],
  ['credentials', 'outbox', 'INSERT'],
] as const;

export const places: readonly Place[] = steps.flatMap(([database, table, on]) =>
  [false, true].map((atCommit) => ({ database, table, on, atCommit })),
);

const nameOf = ({ table, on, atCommit }: Place): string =>
  `${table}_${on}_${atCommit ? 'commit' : 'statement'}`;

/**
 * Lets the connections of a service die at places that are told
 * later, and at none until then.
 */
export async function prepareCrashes(
  database: TestDatabase,
  name: Place['database'],
): Promise<void> {
  await database.query(`CREATE TABLE crash (place text); GRANT SELECT ON crash TO PUBLIC`);
  await database.query(`
    CREATE FUNCTION die_where_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM crash WHERE place = TG_ARGV[0]) THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
      END IF;
      RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$`);
  for (const place of places.filter(({ database: of }) => of === name)) {
    const { table, on, atCommit } = place;
    const [kind, time] = atCommit ? ['CONSTRAINT TRIGGER', 'AFTER'] : ['TRIGGER', 'BEFORE'];
    await database.query(`
      CREATE ${kind} die_${nameOf(place)}
        ${time} ${on} ON ${table}
        ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''}
        FOR EACH ROW EXECUTE FUNCTION die_where_told('${nameOf(place)}')`);
  }
}

/**
 * Does something while whoever comes to the place dies there, with all
 * that it has not committed.
 */
export async function whileDyingAt<T>(
  database: TestDatabase,
  place: Place,
  work: () => Promise<T>,
): Promise<T> {
  await database.query('INSERT INTO crash VALUES ($1)', [nameOf(place)]);
  try {
    return await work();
  } finally {
    await database.query('DELETE FROM crash');
  }
}
