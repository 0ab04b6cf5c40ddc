import { deleteInBatches, rows, type Sql } from '#postgres';

export interface Count {
  /** How often the key was counted in its present window, this time too. */
  readonly points: number;
  /** Milliseconds until the window ends. */
  readonly leftMs: number;
}

const now = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/**
 * The window of a key begins with the first count. A release that went by its host's
 * clock may have left an end that is further away than a window is long: it comes nearer.
 * `excluded.expire` is from before another count of the same key was waited for, so the
 * window that this one has begun is the present one.
 */
const countStatement = `
  INSERT INTO rate_limit AS kept (key, points, expire)
  VALUES ($1, 1, ${now} + $2::bigint)
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN kept.expire > excluded.expire - $2 THEN kept.points + 1 ELSE 1 END,
    expire = CASE
      WHEN kept.expire > excluded.expire - $2 THEN least(kept.expire, excluded.expire)
      ELSE excluded.expire
    END
  RETURNING points, (expire - ${now})::integer AS "leftMs"`;

/** @param windowMs how long a window is */
export async function countOnce(sql: Sql, key: string, windowMs: number): Promise<Count> {
  const [count] = await rows<Count>(sql, countStatement, [key, windowMs]);
  if (count === undefined) throw new Error('nothing was counted');
  return count;
}

/**
 * Deletes the counts whose time is over: a row for each person who ever
 * called would tell who that was.
 */
export async function purgeCounts(sql: Sql): Promise<void> {
  await deleteInBatches(sql, 'rate_limit', `expire < ${now}`);
}
