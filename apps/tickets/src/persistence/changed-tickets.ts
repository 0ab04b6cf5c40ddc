import { type Statement, statement } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { ticketColumns, type TicketRow } from './ticket-mapping.js';

/** Whether a ticket that somebody else has locked is left out, or waited for. */
export type IfLocked = 'skip' | 'wait';

/** Like `lockTicket`, in the order of their ids, as everybody who locks several. */
export const lockedTickets = (ids: readonly string[], ifLocked: IfLocked): Statement<TicketRow> =>
  statement(
    `SELECT ${ticketColumns}
     FROM ticket
     WHERE id = ANY($1)
     ORDER BY id
     FOR NO KEY UPDATE ${ifLocked === 'skip' ? 'SKIP LOCKED' : ''}`,
    [ids],
  );

/** By the database's clock, after the locks were had, in the precision of its columns. */
export const presentTime = (): Statement<{ now: Date }> =>
  statement("SELECT date_trunc('milliseconds', clock_timestamp()) AS now");

/** Writes what a request may change of tickets, under {@link lockedTickets}. */
export const changedTickets = (tickets: readonly StoredTicket[]): Statement => {
  const changed = tickets.map(({ id, status, version, phase, assignee, doubted, updatedAt }) => ({
    id,
    status,
    version,
    phase,
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
    doubted,
    updated_at: updatedAt,
  }));
  return statement(
    `UPDATE ticket
     SET status = changed.status,
       version = changed.version,
       phase = changed.phase,
       assignee_id = changed.assignee_id,
       assignee_name = changed.assignee_name,
       doubted = changed.doubted,
       updated_at = changed.updated_at
     FROM jsonb_to_recordset($1::jsonb) AS changed (
       id text COLLATE "C", status text, version integer, phase integer,
       assignee_id text, assignee_name text, doubted boolean, updated_at timestamptz
     )
     WHERE ticket.id = changed.id`,
    [JSON.stringify(changed)],
  );
};
