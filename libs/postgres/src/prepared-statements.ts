import { createHash } from 'node:crypto';
import { type ClientBase } from 'pg';
import { type Statement, statement } from './statement.js';

/** A column of an answer, as the server described it. */
export interface Column {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

/**
 * One plan for all parameters: the server would else go on planning for lists of one, for
 * which a plan of their own looks cheaper. And by the keys: a plan that was made while a
 * table was small is kept while it grows, and would read all of it each time, by itself
 * or for a join. It is not worth compiling for a few rows; before PostgreSQL 18 what
 * cannot go by a key looks expensive enough for that.
 */
const keptPlans: Statement = statement(
  `SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
     set_config('enable_seqscan', 'off', true),
     set_config('enable_hashjoin', 'off', true),
     set_config('enable_mergejoin', 'off', true),
     set_config('jit', 'off', true)`,
);

/** What stands before the statements of a transaction whose plans are kept. */
export const planning = (client: ClientBase): Statement[] =>
  PreparedStatements.of(client) === undefined ? [] : [keptPlans];

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
/** A migration has changed what a prepared statement returns. */
const isResultChanged = (error: unknown): boolean => codeOf(error) === '0A000';
/** The process that answered has not prepared the statement: it is a pooler's. */
const isUnknown = (error: unknown): boolean => codeOf(error) === '26000';

/** Whether nothing was done, and the statement has to be prepared anew. */
export const isNotPrepared = (error: unknown): boolean =>
  isResultChanged(error) || isUnknown(error);

/**
 * The statements that the server's process of a connection has parsed, each by a name, so
 * that it neither parses nor plans them again. Only where that process is ours alone: a
 * pooler gives the next transaction another one, which has none of the names.
 *
 * Their texts are constants of the program, so there are few.
 */
export class PreparedStatements {
  private static readonly ofClients = new WeakMap<ClientBase, PreparedStatements>();
  private static readonly names = new Map<string, string>();
  /** Counts the changes of what statements return, which concern every connection. */
  private static changes = 0;

  private readonly columns = new Map<string, readonly Column[]>();
  private changes = PreparedStatements.changes;

  /** Begins for a new connection, which has none yet. */
  static begin(client: ClientBase): void {
    PreparedStatements.ofClients.set(client, new PreparedStatements());
  }

  /** Undefined behind a pooler. */
  static of(client: ClientBase): PreparedStatements | undefined {
    return PreparedStatements.ofClients.get(client);
  }

  /**
   * Has all connections parse their statements anew where the results have changed, and
   * keeps none for a connection that turns out to be a pooler's.
   */
  static failed(client: ClientBase, error: Error): void {
    if (isResultChanged(error)) PreparedStatements.changes += 1;
    if (isUnknown(error)) PreparedStatements.ofClients.delete(client);
  }

  /** By its text, so that a name never means another statement, whoever gave it. */
  static nameOf(text: string): string {
    const known = PreparedStatements.names.get(text);
    const name = known ?? createHash('sha256').update(text).digest('base64url');
    PreparedStatements.names.set(text, name);
    return name;
  }

  /** What the statement returns; undefined unless the server is known to have it. */
  columnsOf(text: string): readonly Column[] | undefined {
    if (this.changes !== PreparedStatements.changes) this.columns.clear();
    this.changes = PreparedStatements.changes;
    return this.columns.get(text);
  }

  /** The server has the statement, and has described what it returns. */
  add(text: string, columns: readonly Column[]): void {
    this.columns.set(text, columns);
  }
}
