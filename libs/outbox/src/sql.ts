/** Anything that runs SQL: a TypeORM DataSource, or the EntityManager of the caller's transaction. */
export interface Sql {
  query<T = unknown>(statement: string, parameters?: unknown[]): Promise<T>;
}

/** TypeORM answers `[rows, count]` to UPDATE and DELETE … RETURNING and the bare rows to everything else; a row is never an array. */
export async function rows<T>(sql: Sql, statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
  const answer = await sql.query(statement, [...parameters]);
  if (!Array.isArray(answer)) return [];
  return (Array.isArray(answer[0]) ? answer[0] : answer) as T[];
}
