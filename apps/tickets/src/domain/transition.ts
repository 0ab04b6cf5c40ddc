import { isEnded, ownHome, type TicketStatus } from '#contracts';
import { Problem } from '#problem';
import { type Person } from './person.js';
import { type Ticket } from './ticket.js';

/** What is asked to change; what is absent stays. */
export interface TicketChange {
  readonly status?: TicketStatus | undefined;
  /** null unassigns. */
  readonly assignee?: Person | null | undefined;
}

export interface Transition {
  readonly ticket: Ticket;
  readonly statusChanged: boolean;
  readonly assigneeChanged: boolean;
}

/**
 * The ticket after `change`: one version more however much of it changes, one phase more when it ends or is live again. What is so
 * already changes nothing, and then the very same ticket comes back.
 * @throws Problem `owned-by-home` for another status of a mirrored ticket, `closed-is-final` for another status of our own closed one
 */
export function transition(ticket: Ticket, change: TicketChange, now: Date): Transition {
  const { status = ticket.status, assignee = ticket.assignee } = change;
  const statusChanged = status !== ticket.status;
  const assigneeChanged = assignee?.id !== ticket.assignee?.id;
  if (statusChanged) demandStatusMayChange(ticket);
  if (!statusChanged && !assigneeChanged) return { ticket, statusChanged, assigneeChanged };
  const next: Ticket = {
    ...ticket,
    status,
    assignee: assigneeChanged ? assignee : ticket.assignee,
    version: ticket.version + 1,
    phase: isEnded(status) === isEnded(ticket.status) ? ticket.phase : ticket.phase + 1,
    updatedAt: later(now, ticket.updatedAt),
  };
  return { ticket: next, statusChanged, assigneeChanged };
}

function demandStatusMayChange({ home, status }: Ticket): void {
  if (home !== ownHome) throw new Problem('owned-by-home');
  if (status === 'closed') throw new Problem('closed-is-final');
}

/** The clocks of two replicas differ a little; a ticket's own time goes forward only. */
const later = (a: Date, b: Date): Date => (a > b ? a : b);
