import { isEnded } from '#contracts';
import { type Person } from '../domain/person.js';
import { type StoredTicket, type Ticket } from '../domain/ticket.js';
import { type TicketEntity } from './ticket.entity.js';

/**
 * The columns of a row; an object of them is as good for TypeORM as
 * an instance of the entity.
 */
export type TicketRow = { [Column in keyof TicketEntity]: TicketEntity[Column] };

/** Selected from `ticket` by their names in {@link TicketEntity}. */
export const ticketColumns = `id, home, subject, description, status, version, phase,
  requester_id AS "requesterId", requester_name AS "requesterName",
  assignee_id AS "assigneeId", assignee_name AS "assigneeName",
  doubted, created_at AS "createdAt", updated_at AS "updatedAt"`;

export const toTicket = (row: TicketRow): StoredTicket => ({
  id: row.id,
  home: row.home,
  subject: row.subject,
  description: row.description,
  status: row.status,
  version: row.version,
  phase: row.phase,
  requester: toPerson(row.requesterId, row.requesterName),
  assignee: toPerson(row.assigneeId, row.assigneeName),
  doubted: row.doubted && !isEnded(row.status),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export const toRow = (ticket: Ticket): Omit<TicketRow, 'createdAt' | 'updatedAt'> => ({
  id: ticket.id,
  home: ticket.home,
  subject: ticket.subject,
  description: ticket.description,
  status: ticket.status,
  version: ticket.version,
  phase: ticket.phase,
  requesterId: ticket.requester?.id ?? null,
  requesterName: ticket.requester?.name ?? null,
  assigneeId: ticket.assignee?.id ?? null,
  assigneeName: ticket.assignee?.name ?? null,
  doubted: ticket.doubted,
});

const toPerson = (id: string | null, name: string | null): Person | null =>
  id === null ? null : { id, name };
