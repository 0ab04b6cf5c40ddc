import { type Sql } from '#postgres';
import { type Sizes } from './sizes.js';
import { ticketId } from './ticket-id.js';

/** Gates of all tickets, and their chains, covered by an earlier checkpoint. */
export async function fillLog(sql: Sql, { tickets, live, log }: Sizes): Promise<void> {
  await sql.query(
    `INSERT INTO ticket_gate (
       ticket_id, phase, version, status, requester_id, assignee_id, last_number
     )
     SELECT ${ticketId('n')},
       CASE WHEN n <= $2 THEN 0 ELSE 1 END,
       CASE WHEN n <= $2 THEN 2 ELSE 3 END,
       CASE WHEN n <= $2 THEN 'open' ELSE 'closed' END,
       'customer-' || n % 10000, 'agent-' || n % 100, 1
     FROM generate_series(1, $1::int) AS n`,
    [tickets, live],
  );
  await sql.query(
    `INSERT INTO access_log (
       ticket_id, seq, at, actor_id, actor_name, actor_role, action,
       credential_id, outcome, request_id, address, hash
     )
     SELECT ${ticketId('n')}, seq, now() - n * interval '1 minute',
       'agent-1', 'Name of agent-1', 'agent', 'reveal',
       gen_random_uuid(), 'done', gen_random_uuid()::text, '127.0.0.1', ${hash}
     FROM generate_series(1, $1::int) AS n, generate_series(1, ${length}) AS seq`,
    [tickets, log],
  );
  await sql.query(
    `INSERT INTO access_log_head (ticket_id, seq, hash)
     SELECT ${ticketId('n')}, seq, ${hash}
     FROM generate_series(1, $1::int) AS n, LATERAL (SELECT ${length} AS seq) AS last
     WHERE seq > 0`,
    [tickets, log],
  );
  await sql.query('INSERT INTO access_log_covered SELECT ticket_id, seq FROM access_log_head');
}

/** Entries of the nth ticket. */
const length = '($2::int / $1::int + (n <= $2::int % $1::int)::int)';
/** No chain of another ticket is verified by what is measured. */
const hash = "sha256(convert_to(n || '/' || seq, 'UTF8'))";
