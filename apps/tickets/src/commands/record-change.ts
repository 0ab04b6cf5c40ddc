import { type EntityManager } from 'typeorm';
import { exchanges } from '#contracts';
import { append } from '#outbox';
import { changeEvents } from '../domain/events.js';
import { type StoredTicket } from '../domain/ticket.js';
import { type Transition } from '../domain/transition.js';
import { updateTicket } from '../persistence/tickets.js';

/**
 * Writes a change and its events, all with one time, in the caller's transaction,
 * which holds the ticket's lock.
 * @param actor undefined if no person did it
 */
export async function recordChange(
  tx: EntityManager,
  change: Transition,
  actor: Parameters<typeof changeEvents>[1],
): Promise<StoredTicket> {
  const ticket = await updateTicket(tx, change.ticket);
  await append(tx, exchanges.ticket, changeEvents({ ...change, ticket }, actor));
  return ticket;
}
