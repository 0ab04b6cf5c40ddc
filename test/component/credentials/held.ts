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
};

/** Holds what is a ticket's, as a slow or paused replica would. */
export async function hold({ database }: CredentialsUnderTest, ticketId: string, what: keyof typeof locks): Promise<Held> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
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

/** Resolves when so many transactions of this service wait for a lock. */
export const waitersFor = async ({ database }: CredentialsUnderTest, count = 1): Promise<void> => {
  const waiting = 'SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()';
  await waitFor(async () => (await database.query(waiting)).length >= count);
};
