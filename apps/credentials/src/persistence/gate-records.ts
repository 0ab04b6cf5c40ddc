import { type GateRecord } from '#contracts';
import { onPrimary, rows, type Sql } from '#postgres';

const page = 1000;

/**
 * Every gate that `tickets` has ever answered about, by ticket, with its number of
 * credentials. Read a page at a time.
 */
export async function* gateRecords(sql: Sql): AsyncGenerator<GateRecord> {
  let found: GateRecord[] = [];
  do {
    found = await rows<GateRecord>(
      sql,
      `SELECT ticket_id AS "ticketId", status, version, phase,
         requester_id AS "requesterId", assignee_id AS "assigneeId",
         (SELECT count(*)::int FROM credential c WHERE c.ticket_id = g.ticket_id) AS credentials
       FROM ticket_gate g
       WHERE ticket_id > $1
         AND phase >= 0
         AND ${onPrimary('ticket_gate')}
       ORDER BY ticket_id
       LIMIT $2`,
      [found.at(-1)?.ticketId ?? '', page],
    );
    yield* found;
  } while (found.length === page);
}
