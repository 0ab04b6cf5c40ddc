import { type EntityManager } from 'typeorm';
import { type Ticket } from '../domain/ticket.js';
import { TicketEntity } from './ticket.entity.js';
import { toRow, toTicket } from './ticket-mapping.js';

export async function findTicket(manager: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await manager.findOneBy(TicketEntity, { id });
  return row === null ? undefined : toTicket(row);
}

/** Like {@link findTicket}, and nobody else changes it until the transaction ends. Replies, which refer to its key, still come in. */
export async function lockTicket(tx: EntityManager, id: string): Promise<Ticket | undefined> {
  const row = await tx.findOne(TicketEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  return row === null ? undefined : toTicket(row);
}

export async function insertTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  await tx.insert(TicketEntity, toRow(ticket));
}

/** Writes what a transition may change; needs the lock of {@link lockTicket}. */
export async function updateTicket(tx: EntityManager, ticket: Ticket): Promise<void> {
  const { status, version, phase, assigneeId, assigneeName, updatedAt } = toRow(ticket);
  await tx.update(TicketEntity, { id: ticket.id }, { status, version, phase, assigneeId, assigneeName, updatedAt });
}
