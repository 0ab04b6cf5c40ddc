import { isEnded, ownHome, type Standing, type TicketStatus } from '#contracts';
import { type Person } from './person.js';
import { phaseFrom } from './phase.js';

export interface Ticket {
  readonly id: string;
  /**
   * The service that owns the status: {@link ownHome}, or the
   * source of a mirrored ticket.
   */
  readonly home: string;
  readonly subject: string;
  readonly description: string | null;
  readonly status: TicketStatus;
  /** One more with every change. */
  readonly version: number;
  /** Even while live, odd while ended, one more at every crossing. */
  readonly phase: number;
  readonly requester: Person | null;
  readonly assignee: Person | null;
  /**
   * Its home said something of it that was not understood
   * (doubt.ts); only while it is live.
   */
  readonly doubted: boolean;
}

/**
 * With its times, which the database gives that stores it: the clocks
 * of the replicas may differ.
 */
export interface StoredTicket extends Ticket {
  readonly createdAt: Date;
  /** Of the last change. Never goes back. */
  readonly updatedAt: Date;
}

export interface NewTicket {
  readonly id: string;
  readonly subject: string;
  readonly description: string | null;
  readonly requester: Person;
}

export const openTicket = (facts: NewTicket): Ticket => ({
  ...facts,
  home: ownHome,
  status: 'open',
  version: 1,
  phase: phaseFrom(0, 'open'),
  assignee: null,
  doubted: false,
});

/**
 * The ticket with `change` applied and the next version. One that ends is not in doubt:
 * nothing is left that could be revealed.
 */
export function revise(ticket: Ticket, change: Partial<Ticket>): Ticket {
  const next = { ...ticket, ...change, version: ticket.version + 1 };
  return { ...next, doubted: next.doubted && !isEnded(next.status) };
}

export const standingOf = ({
  id,
  status,
  version,
  phase,
  requester,
  assignee,
  home,
  doubted,
}: Ticket): Standing => ({
  ticketId: id,
  status,
  version,
  phase,
  requesterId: requester?.id ?? null,
  assigneeId: assignee?.id ?? null,
  home,
  ...(doubted && { doubted }),
});
