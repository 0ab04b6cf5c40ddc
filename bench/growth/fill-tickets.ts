import { type Sql } from '#postgres';
import { type Sizes } from './sizes.js';
import { ticketId } from './ticket-id.js';

/**
 * The first are open, and all others closed. Their changes are of transactions long ago
 * (`changed_in`), which the feed of changes has told already.
 */
export async function fillTickets(sql: Sql, { tickets, live }: Sizes): Promise<void> {
  await sql.query('ALTER TABLE ticket DISABLE TRIGGER ticket_notes_change');
  await sql.query(
    `INSERT INTO ticket (
       id, home, subject, status, version, phase, requester_id, requester_name,
       assignee_id, assignee_name, created_at, updated_at, changed_in
     )
     SELECT ${ticketId('n')}, '/tickets', 'Shop is down',
       CASE WHEN n <= $2 THEN 'open' ELSE 'closed' END,
       CASE WHEN n <= $2 THEN 2 ELSE 3 END,
       CASE WHEN n <= $2 THEN 0 ELSE 1 END,
       'customer-' || n % 10000, 'Name of customer-' || n % 10000,
       'agent-' || n % 100, 'Name of agent-' || n % 100,
       at, at, (3 + n % 600)::text::xid8
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT now() - n * interval '1 minute' AS at) AS moment`,
    [tickets, live],
  );
  await sql.query('ALTER TABLE ticket ENABLE TRIGGER ticket_notes_change');
}
