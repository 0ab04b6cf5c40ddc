import { ownHome, type TicketStatus } from '#contracts';
import { Problem } from '#problem';
import { type Person } from './person.js';
import { phaseFrom } from './phase.js';
import { revise, type Ticket } from './ticket.js';

/** The requested change; absent fields stay. */
interface TicketChange {
  readonly status?: TicketStatus | undefined;
  /** null unassigns. */
  readonly assignee?: Person | null | undefined;
}

export interface Transition {
  readonly ticket: Ticket;
  readonly previousStatus: TicketStatus;
  readonly statusChanged: boolean;
  readonly assigneeChanged: boolean;
}

/**
 * The ticket after `change`: the next version, and the next phase if it ends or is
 * reopened. A change to the present values returns the identical ticket.
 * @throws Problem `owned-by-home` for another status of a mirrored ticket,
 *   `closed-is-final` for another status of our own closed one
 */
export function transition(ticket: Ticket, change: TicketChange): Transition {
  const { status = ticket.status, assignee = ticket.assignee } = change;
  const statusChanged = status !== ticket.status;
  const assigneeChanged = assignee?.id !== ticket.assignee?.id;
  const { status: previousStatus } = ticket;
  if (statusChanged) requireStatusMayChange(ticket);
  if (!statusChanged && !assigneeChanged)
    return { ticket, previousStatus, statusChanged, assigneeChanged };
  const next = {
    status,
    assignee: assigneeChanged ? assignee : ticket.assignee,
    phase: phaseFrom(ticket.phase, status),
  };
  return { ticket: revise(ticket, next), previousStatus, statusChanged, assigneeChanged };
}

function requireStatusMayChange({ home, status }: Ticket): void {
  if (home !== ownHome) throw new Problem('owned-by-home');
  if (status === 'closed') throw new Problem('closed-is-final');
}
