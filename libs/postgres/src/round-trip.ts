import { type ClientBase, type Connection } from 'pg';
import { DatabaseSilentError } from './errors.js';
import { type Column, PreparedStatements } from './prepared-statements.js';
import { encode, type Statement } from './statement.js';

/** What a statement was answered with. */
export interface Answer {
  readonly rows: unknown[];
  /** As PostgreSQL names what was done, such as `COMMIT`. */
  tag: string;
}

interface ColumnMessage {
  readonly name: string;
  readonly dataTypeID: Parameters<ClientBase['getTypeParser']>[0];
}

/**
 * Several statements that are sent at once, and answered at once. They end with one Sync,
 * so the server skips what stands behind one that fails, and says nothing before all are
 * done: one packet in each direction. (The driver's own pipelining sends a Sync with each
 * statement, whereupon the server answers each by itself.) The server keeps them where it
 * can ({@link PreparedStatements}); behind a pooler they have no names.
 *
 * A query of our own, as pg-cursor's: the driver gives it the connection, and then the
 * messages of the server.
 */
export class RoundTrip {
  readonly answers: Promise<Answer[]>;
  private readonly done: Answer[] = [];
  private rows: unknown[] = [];
  private columns: readonly Column[] = [];
  private unreadable: Error | undefined;
  private resolve!: (answers: Answer[]) => void;
  private reject!: (reason: Error) => void;
  private limit: NodeJS.Timeout | undefined;

  private readonly prepared: PreparedStatements | undefined;

  private constructor(
    private readonly client: ClientBase,
    private readonly statements: readonly Statement[],
    private readonly limitMs: number,
  ) {
    this.prepared = PreparedStatements.of(client);
    this.expect(statements[0]);
    this.answers = new Promise((resolve, reject) => {
      [this.resolve, this.reject] = [resolve, reject];
    });
  }

  /**
   * @param limitMs milliseconds, after which the connection is given up
   * @returns an answer for each of the statements.
   * @throws the first error among them, with its SQLSTATE; the later ones are not done
   */
  static send(
    client: ClientBase,
    statements: readonly Statement[],
    limitMs: number,
  ): Promise<Answer[]> {
    return client.query(new RoundTrip(client, statements, limitMs)).answers;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const statement of this.statements) this.send(connection, statement);
    connection.sync();
    connection.stream.uncork();
    this.limit = setTimeout(() => {
      connection.stream.destroy(new DatabaseSilentError());
    }, this.limitMs);
  }

  private send(connection: Connection, { text, parameters }: Statement): void {
    const name = this.prepared?.nameOf(text) ?? '';
    const isPrepared = this.prepared?.columnsOf(text) !== undefined;
    if (!isPrepared) {
      // The server may have it, from a trip that failed. Not to have it is no error.
      if (name !== '') connection.close({ type: 'S', name }, true);
      connection.parse({ name, text, types: [] }, true);
    }
    connection.bind({ statement: name, values: parameters.map(encode) }, true);
    if (!isPrepared) connection.describe({ type: 'P' }, true);
    connection.execute(null, true);
  }

  handleRowDescription({ fields }: { fields: readonly ColumnMessage[] }): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: this.client.getTypeParser(dataTypeID, 'text') as Column['read'],
    }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    try {
      this.rows.push(this.read(fields));
    } catch (error) {
      this.unreadable ??= error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const [{ text: done }] = this.statements.slice(this.done.length) as [Statement];
    this.prepared?.add(done, this.columns);
    this.done.push({ rows: this.rows, tag: text });
    this.expect(this.statements[this.done.length]);
  }

  handleReadyForQuery(): void {
    clearTimeout(this.limit);
    if (this.unreadable === undefined) this.resolve(this.done);
    else this.reject(this.unreadable);
  }

  handleError(error: Error): void {
    clearTimeout(this.limit);
    this.prepared?.failed(error);
    this.reject(error);
  }

  /** What is known to have been prepared, the server does not describe again. */
  private expect(next: Statement | undefined): void {
    this.rows = [];
    this.columns = (next && this.prepared?.columnsOf(next.text)) ?? [];
  }

  private read(fields: readonly (string | null)[]): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    this.columns.forEach(({ name, read }, at) => {
      const text = fields[at] ?? null;
      row[name] = text === null ? null : read(text);
    });
    return row;
  }
}
