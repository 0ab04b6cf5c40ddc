import {
  joinRoles,
  type Role,
  type TicketEvent,
  ticketEvent,
  type TicketEventType,
} from '#contracts';
import { standingOf, type StoredTicket } from './ticket.js';
import { type Transition } from './transition.js';

interface Changer {
  readonly id: string;
  readonly roles: ReadonlySet<Role>;
}

/** @param actorId undefined if the change came from another home */
export const createdEvent = (ticket: StoredTicket, actorId: string | undefined): TicketEvent =>
  ticketEvent(
    'ticket.created',
    { ...standingOf(ticket), previousStatus: null, actorId },
    ticket.createdAt,
  );

/** A change as it is stored. */
interface StoredTransition extends Transition {
  readonly ticket: StoredTicket;
}

/**
 * One event for each kind of change; all of one transition carry the same version. A
 * change of neither kind (a mirrored ticket's requester or title) is published as a
 * status change whose status is the same as before.
 * @param actor undefined if the change came from another home
 */
export function changeEvents(change: StoredTransition, actor: Changer | undefined): TicketEvent[] {
  const { ticket, previousStatus, statusChanged, assigneeChanged } = change;
  const types: TicketEventType[] = [];
  if (statusChanged || !assigneeChanged) types.push('ticket.status.changed');
  if (assigneeChanged) types.push('ticket.assigned');
  const by = actor && { actorId: actor.id, actorRole: joinRoles(actor.roles) };
  return types.map((type) =>
    ticketEvent(type, { ...standingOf(ticket), previousStatus, ...by }, ticket.updatedAt),
  );
}
