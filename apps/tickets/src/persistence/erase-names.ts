import { affected, onPrimary, rows, type Sql } from '#postgres';

/** Tickets locked at once. A concurrent change of one of them waits for the batch. */
const batch = 500;

/**
 * Erases the name of a person wherever this database holds it; the id stays.
 * Versions do not change, since nothing that affects access does. A later action
 * under that name stores it again.
 * @param sql as the owner: the service itself may not change replies
 * @returns how many names were erased
 */
export async function eraseNames(sql: Sql, personId: string): Promise<number> {
  const replies = await affected(
    sql,
    'UPDATE reply SET author_name = NULL WHERE author_id = $1 AND author_name IS NOT NULL',
    [personId],
  );
  return (
    replies +
    (await eraseFromTickets(sql, 'requester', personId)) +
    (await eraseFromTickets(sql, 'assignee', personId))
  );
}

async function eraseFromTickets(
  sql: Sql,
  person: 'requester' | 'assignee',
  personId: string,
): Promise<number> {
  const named = `${person}_id = $1 AND ${person}_name IS NOT NULL`;
  const found = await rows<{ id: string }>(
    sql,
    `SELECT id FROM ticket WHERE ${named} AND ${onPrimary('ticket')} ORDER BY id`,
    [personId],
  );
  let erased = 0;
  for (let start = 0; start < found.length; start += batch) {
    const ids = found.slice(start, start + batch).map(({ id }) => id);
    erased += await affected(
      sql,
      `UPDATE ticket SET ${person}_name = NULL WHERE ${named} AND id = ANY ($2)`,
      [personId, ids],
    );
  }
  return erased;
}
