import { type TicketEvent, ticketEvent, type TicketEventType } from '#contracts';
import { standingOf, type Ticket } from './ticket.js';
import { type Transition } from './transition.js';

export const createdEvent = (ticket: Ticket, actorId: string): TicketEvent =>
  ticketEvent('ticket.created', { ...standingOf(ticket), previousStatus: null, actorId });

/** One event for each kind of change; all of one transition carry the same version. */
export function changeEvents(before: Ticket, { ticket, statusChanged, assigneeChanged }: Transition, actorId: string): TicketEvent[] {
  const types: TicketEventType[] = [];
  if (statusChanged) types.push('ticket.status.changed');
  if (assigneeChanged) types.push('ticket.assigned');
  return types.map((type) => ticketEvent(type, { ...standingOf(ticket), previousStatus: before.status, actorId }));
}
