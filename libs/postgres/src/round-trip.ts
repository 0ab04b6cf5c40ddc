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
  /**
   * Told of the end. The instrumentation of the driver looks for it, and for the
   * {@link text}, and ends its span by it.
   */
  callback!: (error: Error | null) => void;
  private readonly done: Answer[] = [];
  private rows: unknown[] = [];
  private columns: readonly Column[] = [];
  private unreadable: Error | undefined;
  private limit: NodeJS.Timeout | undefined;
  private readonly prepared: PreparedStatements | undefined;
  /** The columns of those statements that were prepared when they were sent. */
  private known: readonly (readonly Column[] | undefined)[] = [];

  private constructor(
    private readonly client: ClientBase,
    private readonly statements: readonly Statement[],
    private readonly limitMs: number,
  ) {
    this.prepared = PreparedStatements.of(client);
    this.answers = new Promise((resolve, reject) => {
      this.callback = (error) => {
        if (error === null) resolve(this.done);
        else reject(error);
      };
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

  /** All statements, without their parameters. */
  get text(): string {
    return this.statements.map(({ text }) => text).join(';\n');
  }

  submit(connection: Connection): void {
    this.known = this.statements.map(({ text }) => this.prepared?.columnsOf(text));
    this.expectAnswer();
    connection.stream.cork();
    this.statements.forEach((statement, at) => {
      this.send(connection, statement, this.known[at] !== undefined);
    });
    connection.sync();
    connection.stream.uncork();
    this.limit = setTimeout(() => {
      connection.stream.destroy(new DatabaseSilentError());
    }, this.limitMs);
  }

  /** What was prepared, the server neither parses nor describes again. */
  private send(connection: Connection, { text, parameters }: Statement, isPrepared: boolean): void {
    const name = this.prepared === undefined ? '' : PreparedStatements.nameOf(text);
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
    const at = this.done.length;
    if (this.known[at] === undefined)
      this.prepared?.add((this.statements[at] as Statement).text, this.columns);
    this.done.push({ rows: this.rows, tag: text });
    this.expectAnswer();
  }

  handleReadyForQuery(): void {
    clearTimeout(this.limit);
    this.callback(this.unreadable ?? null);
  }

  handleError(error: Error): void {
    clearTimeout(this.limit);
    PreparedStatements.failed(this.client, error);
    this.callback(error);
  }

  private expectAnswer(): void {
    this.rows = [];
    this.columns = this.known[this.done.length] ?? [];
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
