import { type EntityManager } from 'typeorm';
import { type Positions, unheard } from '../domain/positions.js';
import { TicketMirrorEntity } from './ticket-mirror.entity.js';

/** Needs the lock of `lockTicket`, which every writer of this table holds. */
export async function readPositions(tx: EntityManager, ticketId: string): Promise<Positions> {
  const row = await tx.findOneBy(TicketMirrorEntity, { ticketId });
  if (row === null) return unheard;
  const { status, requester, assignee, subject, end } = row;
  return { status, requester, assignee, subject, end };
}

/** Needs the lock of `lockTicket`, or the ticket's own insertion. */
export async function writePositions(tx: EntityManager, ticketId: string, positions: Positions): Promise<void> {
  await tx.upsert(TicketMirrorEntity, { ticketId, ...positions }, ['ticketId']);
}
