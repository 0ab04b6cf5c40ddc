import { affected, rows, type Sql } from '#postgres';

/** Tickets that are locked at once: whoever changes one of them meanwhile waits for so many. */
const batch = 500;

/**
 * Erases the name of a person wherever this database holds it; the id stays. No ticket gets another version: nothing that decides about it
 * changes. What they do under that name afterwards brings it back.
 * @param sql as the owner: the service itself may not change replies
 * @returns in how many places the name stood
 */
export async function eraseNames(sql: Sql, personId: string): Promise<number> {
  const replies = await affected(sql, 'UPDATE reply SET author_name = NULL WHERE author_id = $1 AND author_name IS NOT NULL', [personId]);
  return replies + (await eraseFromTickets(sql, 'requester', personId)) + (await eraseFromTickets(sql, 'assignee', personId));
}

async function eraseFromTickets(sql: Sql, person: 'requester' | 'assignee', personId: string): Promise<number> {
  const named = `${person}_id = $1 AND ${person}_name IS NOT NULL`;
  const found = await rows<{ id: string }>(sql, `SELECT id FROM ticket WHERE ${named} ORDER BY id`, [personId]);
  let erased = 0;
  for (let start = 0; start < found.length; start += batch) {
    const ids = found.slice(start, start + batch).map(({ id }) => id);
    erased += await affected(sql, `UPDATE ticket SET ${person}_name = NULL WHERE ${named} AND id = ANY ($2)`, [personId, ids]);
  }
  return erased;
}
