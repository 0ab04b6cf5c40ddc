/**
 * Anything that runs SQL: a TypeORM DataSource, or the EntityManager
 * of the caller's transaction.
 */
export interface Sql {
  query<T = unknown>(statement: string, parameters?: unknown[]): Promise<T>;
}

/** What runs transactions too; a TypeORM DataSource is one. */
export interface Database extends Sql {
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
}

/**
 * The rows a statement returns. TypeORM answers `[rows, count]` to UPDATE and DELETE
 * and the bare rows to everything else; a row is never an array, so the two cannot
 * be mistaken for one another.
 */
export async function rows<T>(
  sql: Sql,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<T[]> {
  const answer = await sql.query(statement, [...parameters]);
  if (!Array.isArray(answer)) return [];
  return (Array.isArray(answer[0]) ? answer[0] : answer) as T[];
}

/** How many rows an UPDATE or DELETE touched. */
export async function affected(
  sql: Sql,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const [, count] = await sql.query<[unknown, number]>(statement, [...parameters]);
  return count;
}
