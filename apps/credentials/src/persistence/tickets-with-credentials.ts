import { onPrimary, rows, type Sql } from '#postgres';
import { type GateState } from '../domain/gate.js';

/**
 * All tickets that hold a credential, in the order of their ids, from after `after` on.
 */
export async function listTicketsWithCredentials(
  sql: Sql,
  after: string,
  limit: number,
): Promise<string[]> {
  const statement = `
    SELECT DISTINCT ticket_id AS id
    FROM credential
    WHERE ticket_id > $1
      AND ${onPrimary('credential')}
    ORDER BY ticket_id
    LIMIT $2`;
  return (await rows<{ id: string }>(sql, statement, [after, limit])).map(({ id }) => id);
}

/** A ticket to ask about: it has stored credentials, or its standing is in doubt. */
export interface TicketToAskAbout extends GateState {
  readonly ticketId: string;
  readonly hasGate: boolean;
  readonly doubted: boolean;
  /** How many are stored under it. */
  readonly credentials: number;
}

/** By ticket id, after the given one, a page at a time. */
export const ticketsToAskAbout = (
  sql: Sql,
  after: string,
  limit: number,
): Promise<TicketToAskAbout[]> =>
  rows<TicketToAskAbout>(
    sql,
    `SELECT t.ticket_id AS "ticketId", g.ticket_id IS NOT NULL AS "hasGate",
       coalesce(g.phase, -1) AS phase,
       coalesce(g.version, 0) AS version, d.ticket_id IS NOT NULL AS doubted,
       (SELECT count(*)::int FROM credential c WHERE c.ticket_id = t.ticket_id) AS credentials
     FROM (
       (SELECT DISTINCT ticket_id FROM credential WHERE ticket_id > $1 ORDER BY ticket_id LIMIT $2)
       UNION
       (SELECT ticket_id FROM standing_doubt WHERE ticket_id > $1 ORDER BY ticket_id LIMIT $2)
       ORDER BY ticket_id
       LIMIT $2
     ) t
     LEFT JOIN ticket_gate g USING (ticket_id)
     LEFT JOIN standing_doubt d USING (ticket_id)
     WHERE ${onPrimary('credential')}
     ORDER BY t.ticket_id`,
    [after, limit],
  );

/**
 * Tickets with expired credentials, the earliest expiry first. The clock is read once,
 * before the first row, so that the index is used.
 * @param except tickets to leave out
 */
export async function ticketsPastExpiry(
  sql: Sql,
  except: readonly string[],
  limit: number,
): Promise<string[]> {
  const statement = `
    SELECT ticket_id AS "ticketId"
    FROM credential
    WHERE expires_at <= (SELECT clock_timestamp())
      AND ticket_id <> ALL($1)
      AND ${onPrimary('credential')}
    ORDER BY expires_at
    LIMIT $2`;
  const found = await rows<{ ticketId: string }>(sql, statement, [except, limit]);
  return [...new Set(found.map(({ ticketId }) => ticketId))];
}

/**
 * @returns milliseconds until the next credential expires, by the database's clock;
 *   undefined where there is none
 */
export async function untilNextExpiry(sql: Sql): Promise<number | undefined> {
  const statement = `
    SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 * 1000 AS ms
    FROM credential
    ORDER BY expires_at
    LIMIT 1`;
  return (await rows<{ ms: number }>(sql, statement))[0]?.ms;
}
