import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { isDatabaseUnavailable } from '#postgres';
import { waitFor } from '../../support/wait-for.js';

/**
 * Where a service waits: at a statement on a table, or at the COMMIT of a transaction
 * that made such a statement.
 */
export interface Location {
  readonly table: string;
  readonly on: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly atCommit?: boolean;
  /** Only for these rows, in the words of a trigger: `NEW.ticket_id = 'x'`. */
  readonly when?: string;
}

/**
 * Stops a service at an exact step without a hook in its code: a trigger in its database
 * waits for a lock that the test holds. The database's own limits (ten seconds for a
 * statement) stay as they are, so it must be lifted before that.
 */
export class Breakpoint {
  private lifted = false;

  private constructor(
    private readonly client: pg.Client,
    private readonly key: number,
    private readonly table: string,
  ) {}

  /** @param client of a superuser; closed at the end */
  static async set(
    client: pg.Client,
    { table, on, atCommit = false, when }: Location,
  ): Promise<Breakpoint> {
    const key = randomInt(1, 2 ** 31);
    const [time, kind] = atCommit ? ['AFTER', 'CONSTRAINT TRIGGER'] : ['BEFORE', 'TRIGGER'];
    await client.query('SELECT pg_advisory_lock($1)', [key]);
    await client.query(`
      CREATE OR REPLACE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint);
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      CREATE ${kind} breakpoint_${key}
        ${time} ${on} ON ${table}
        ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''}
        FOR EACH ROW ${when === undefined ? '' : `WHEN (${when})`}
        EXECUTE FUNCTION wait_for_the_test('${key}')`);
    return new Breakpoint(client, key, table);
  }

  /** Whether somebody waits here. */
  async isReached(): Promise<boolean> {
    return (await this.waiting()).length > 0;
  }

  /** Resolves when somebody waits here. */
  async reached(): Promise<void> {
    await waitFor(() => this.isReached());
  }

  /**
   * Whoever waits goes on, and nobody stops here any more. A server that was killed has
   * forgotten the lock already.
   */
  async lift(): Promise<void> {
    if (this.lifted) return;
    this.lifted = true;
    try {
      await this.client.query('SELECT pg_advisory_unlock($1)', [this.key]);
      await this.client.query(`DROP TRIGGER breakpoint_${this.key} ON ${this.table}`);
      await this.client.end();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
    }
  }

  /**
   * Whoever waits loses what it has not committed, as when its machine dies; the
   * next one stops here again.
   */
  async dismiss(): Promise<void> {
    for (const pid of await this.waiting())
      await this.client.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
  }

  /** Whoever waits loses what it has not committed, and nobody stops here any more. */
  async rollBack(): Promise<void> {
    await this.dismiss();
    await this.lift();
  }

  private async waiting(): Promise<number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      `SELECT pid
       FROM pg_locks
       WHERE locktype = 'advisory'
         AND NOT granted
         AND objid = $1`,
      [this.key],
    );
    return rows.map(({ pid }) => pid);
  }
}
