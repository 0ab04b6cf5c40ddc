import pg from 'pg';
import { waitFor } from '../../support/wait-for.js';
import { type CredentialsUnderTest } from './harness.js';

/** A transaction of another session, with what it has locked. */
export interface Held {
  /** In the same transaction. */
  query(statement: string, parameters?: readonly unknown[]): Promise<unknown>;
  /** Commits, and gives back what it held. */
  letGo(): Promise<void>;
}

const locks = {
  gate: 'SELECT FROM ticket_gate WHERE ticket_id = $1 FOR UPDATE',
  log: 'SELECT FROM access_log_head WHERE ticket_id = $1 FOR UPDATE',
  rows: 'SELECT FROM credential WHERE ticket_id = $1 FOR UPDATE',
  /** Of its reveals; see {@link letCommitsBeHeld}. */
  commits: 'SELECT pg_advisory_xact_lock(hashtext($1))',
};

/** Holds what is a ticket's, as a slow or paused replica would. */
export async function hold(
  { database }: CredentialsUnderTest,
  ticketId: string,
  what: keyof typeof locks,
): Promise<Held> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  // A test that fails leaves it behind, and the database goes.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN');
  await client.query(locks[what], [ticketId]);
  return {
    query: (statement, parameters = []) => client.query(statement, [...parameters]),
    letGo: async () => {
      await client.query('COMMIT');
      await client.end();
    },
  };
}

/** As a standby that has to confirm each commit, and is slow. */
export async function letCommitsBeHeld({ database }: CredentialsUnderTest): Promise<void> {
  await database.query(`
    CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext(NEW.ticket_id)); RETURN NULL; END $$`);
  await database.query(`
    CREATE CONSTRAINT TRIGGER wait_at_commit
      AFTER INSERT ON access_log
      DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.action = 'reveal') EXECUTE FUNCTION wait_at_commit()`);
}

/** Resolves when so many transactions of this service wait for a lock. */
export const waitersFor = async ({ database }: CredentialsUnderTest, count = 1): Promise<void> => {
  const waiting = `
    SELECT FROM pg_locks
    JOIN pg_stat_activity USING (pid)
    WHERE NOT granted
      AND datname = current_database()`;
  await waitFor(async () => (await database.query(waiting)).length >= count);
};
