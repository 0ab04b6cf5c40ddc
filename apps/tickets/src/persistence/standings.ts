import { type Standing } from '#contracts';
import { onPrimary, rows, type Sql } from '#postgres';
import { standingColumns, type StandingRow, toStanding } from './standing-columns.js';

/**
 * Read from the primary, or not at all, since a standing decides access and must not
 * lag. One statement for any number of ids; unknown ones are left out.
 */
export async function readStandings(sql: Sql, ids: readonly string[]): Promise<Standing[]> {
  const statement = `SELECT ${standingColumns}
    FROM ticket
    WHERE id = ANY($1)
      AND ${onPrimary('ticket')}`;
  return (await rows<StandingRow>(sql, statement, [ids])).map(toStanding);
}
