import { type LockWait, type Statement, statement } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { ticketColumns, type TicketRow } from './ticket-mapping.js';

/** Like `lockTicket`, in the order of their ids, as everybody who locks several. */
export const lockedTickets = (ids: readonly string[], lockWait: LockWait): Statement<TicketRow> =>
  statement(
    `SELECT ${ticketColumns}
     FROM ticket
     WHERE id = ANY($1)
     ORDER BY id
     FOR NO KEY UPDATE ${lockWait === 'skip' ? 'SKIP LOCKED' : ''}`,
    [ids],
  );

/** By the database's clock, after the locks were had, in the precision of its columns. */
export const presentTime = (): Statement<{ now: Date }> =>
  statement("SELECT date_trunc('milliseconds', clock_timestamp()) AS now");

/**
 * Writes what a request may change of tickets, under {@link lockedTickets}. From
 * arrays, whose length the planner knows.
 */
export const changedTickets = (tickets: readonly StoredTicket[]): Statement =>
  statement(
    `UPDATE ticket
     SET status = changed.status,
       version = changed.version,
       phase = changed.phase,
       assignee_id = changed.assignee_id,
       assignee_name = changed.assignee_name,
       doubted = changed.doubted,
       updated_at = changed.updated_at
     FROM unnest(
       $1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::boolean[],
       $8::timestamptz[]
     ) AS changed (
       id, status, version, phase, assignee_id, assignee_name, doubted, updated_at
     )
     WHERE ticket.id = changed.id`,
    [
      tickets.map(({ id }) => id),
      tickets.map(({ status }) => status),
      tickets.map(({ version }) => String(version)),
      tickets.map(({ phase }) => String(phase)),
      tickets.map(({ assignee }) => assignee?.id ?? null),
      tickets.map(({ assignee }) => assignee?.name ?? null),
      tickets.map(({ doubted }) => String(doubted)),
      tickets.map(({ updatedAt }) => updatedAt.toISOString()),
    ],
  );
