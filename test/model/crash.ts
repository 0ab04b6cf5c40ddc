import { type TestDatabase } from '../support/database.js';

/**
 * Where a service may crash: at its first statement of this kind, or at the commit of
 * the transaction that made it.
 */
export interface CrashPoint {
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

export const crashPoints: readonly CrashPoint[] = steps.flatMap(([database, table, on]) =>
  [false, true].map((atCommit) => ({ database, table, on, atCommit })),
);

const nameOf = ({ table, on, atCommit }: CrashPoint): string =>
  `${table}_${on}_${atCommit ? 'commit' : 'statement'}`;

/**
 * Prepares the database to end the connections of a service at crash points; none of
 * them is active yet.
 */
export async function prepareCrashes(
  database: TestDatabase,
  name: CrashPoint['database'],
): Promise<void> {
  await database.query(`CREATE TABLE crash (point text); GRANT SELECT ON crash TO PUBLIC`);
  await database.query(`
    CREATE FUNCTION crash_at_point() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM crash WHERE point = TG_ARGV[0]) THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
      END IF;
      RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$`);
  for (const point of crashPoints.filter(({ database: of }) => of === name)) {
    const { table, on, atCommit } = point;
    const [kind, time] = atCommit ? ['CONSTRAINT TRIGGER', 'AFTER'] : ['TRIGGER', 'BEFORE'];
    await database.query(`
      CREATE ${kind} crash_${nameOf(point)}
        ${time} ${on} ON ${table}
        ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''}
        FOR EACH ROW EXECUTE FUNCTION crash_at_point('${nameOf(point)}')`);
  }
}

/**
 * Does something while the crash point is active: a connection that reaches it ends, and
 * what it has not committed is lost.
 */
export async function whileCrashingAt<T>(
  database: TestDatabase,
  point: CrashPoint,
  work: () => Promise<T>,
): Promise<T> {
  await database.query('INSERT INTO crash VALUES ($1)', [nameOf(point)]);
  try {
    return await work();
  } finally {
    await database.query('DELETE FROM crash');
  }
}
