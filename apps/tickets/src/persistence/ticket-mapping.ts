import { type Person } from '../domain/person.js';
import { type Ticket } from '../domain/ticket.js';
import { type TicketEntity } from './ticket.entity.js';

/** The columns of a row; an object of them is as good for TypeORM as an instance of the entity. */
type Row = { [Column in keyof TicketEntity]: TicketEntity[Column] };

export const toTicket = (row: Row): Ticket => ({
  id: row.id,
  home: row.home,
  subject: row.subject,
  description: row.description,
  status: row.status,
  version: row.version,
  phase: row.phase,
  requester: toPerson(row.requesterId, row.requesterName),
  assignee: toPerson(row.assigneeId, row.assigneeName),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

export const toRow = ({ requester, assignee, ...ticket }: Ticket): Row => ({
  ...ticket,
  requesterId: requester?.id ?? null,
  requesterName: requester?.name ?? null,
  assigneeId: assignee?.id ?? null,
  assigneeName: assignee?.name ?? null,
});

const toPerson = (id: string | null, name: string | null): Person | null => (id === null ? null : { id, name });
