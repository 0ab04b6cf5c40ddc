import pg from 'pg';
import { type Sql } from '#postgres';

/** As many connections as a service has, and kept as long. */
const poolSize = 20;
const idleTimeoutMillis = 300_000;

/** Plain pg, answering in the shape that the services' statements expect of TypeORM. */
export class Database implements Sql {
  private readonly pool: pg.Pool;

  constructor(url: string) {
    // The baseline's events stay in a table of its own (see schema.ts): in the services'
    // outbox, their relays would publish them.
    const options =
      '-c search_path=baseline,public -c default_transaction_isolation=read\\ committed';
    this.pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      idleTimeoutMillis,
      options,
      application_name: 'baseline',
    });
  }

  query<T>(statement: string, parameters: unknown[] = []): Promise<T> {
    return run<T>(this.pool, statement, parameters);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work({
        query: (statement, parameters) => run(client, statement, parameters),
      });
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

async function run<T>(
  client: Pick<pg.ClientBase, 'query'>,
  statement: string,
  parameters: unknown[] = [],
): Promise<T> {
  const { command, rows, rowCount } = await client.query<pg.QueryResultRow>(statement, parameters);
  return (command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows) as T;
}
