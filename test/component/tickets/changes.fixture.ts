import pg from 'pg';
import { type Answer, type Client } from '../../support/client.js';
import { type TicketsUnderTest } from './harness.js';

/** Asks for changes as a reader does, by the cursor of the last answer. */
export class Reader {
  private cursor: string | undefined;

  constructor(private readonly service: Client) {}

  /** One answer. @param after another cursor than the last one */
  async ask(after = this.cursor): Promise<Answer['body']> {
    const { status, body } = await this.service.post('/internal/changes', { after });
    if (status !== 200) throw new Error(`no changes: ${status}`);
    this.cursor = String(body['cursor']);
    return body;
  }

  /**
   * The ids of all changes since the last call, in the order of the answers, and how many
   * answers there were.
   */
  async read(): Promise<{ readonly ids: string[]; readonly answers: number }> {
    const ids: string[] = [];
    for (let answers = 1; ; answers += 1) {
      const { items, more } = await this.ask();
      ids.push(...items.map(({ ticketId }) => String(ticketId)));
      if (more !== true) return { ids, answers };
    }
  }
}

/**
 * Another writer of the database: changes a ticket in a transaction of
 * its own, which the test ends.
 */
export class Writer {
  private constructor(private readonly client: pg.Client) {}

  static async begin({ database }: TicketsUnderTest): Promise<Writer> {
    const client = new pg.Client({ connectionString: database.serviceUrl });
    await client.connect();
    await client.query('BEGIN');
    return new Writer(client);
  }

  async change(ticketId: string): Promise<void> {
    await this.client.query(
      "UPDATE ticket SET version = version + 1, assignee_id = 'bob' WHERE id = $1",
      [ticketId],
    );
  }

  async dawdle(): Promise<void> {
    await this.client.query('SELECT pg_sleep(random() * 0.03)');
  }

  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.client.query(how);
    await this.client.end();
  }
}

/** Makes many tickets, each in a transaction of its own. */
export const plant = (
  { database }: TicketsUnderTest,
  prefix: string,
  count: number,
): Promise<unknown> =>
  database.query(
    `DO $$ BEGIN FOR n IN 1..${count} LOOP
       INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       VALUES ('${prefix}' || n, '/tickets', 's', 'open', 1, 0, now(), now());
       COMMIT;
     END LOOP; END $$`,
  );
