import { type TicketStatus } from '#contracts';
import { type AccessSubject } from './who-may-act.js';

/*
 * What `decide` cannot tell by the ticket alone: it permits `ticket.update` to the
 * requester too, but not every change; and a ticket that is to be opened has no standing.
 */

const isStaff = ({ roles }: Pick<AccessSubject, 'roles'>): boolean =>
  roles.has('agent') || roles.has('admin');

/** May `actor`, for whom `ticket.update` is allowed, assign or unassign the ticket? */
export const mayAssign = (actor: Pick<AccessSubject, 'roles'>): boolean => isStaff(actor);

/**
 * May `actor`, for whom `ticket.update` is allowed, set this status while the ticket has
 * the `current` one? A requester may end their ticket and reopen an ended one. Naming the
 * present status is always permitted. That a closed ticket stays closed is no matter of
 * permission: it is answered later, by 409.
 */
export const maySetStatus = (
  actor: Pick<AccessSubject, 'roles'>,
  current: TicketStatus,
  status: TicketStatus,
): boolean => isStaff(actor) || status === current || requesterMaySet(status, current);

const requesterMaySet = (status: TicketStatus, current: TicketStatus): boolean =>
  status === 'resolved' ||
  status === 'closed' ||
  (status === 'open' && (current === 'resolved' || current === 'closed'));

/** Customers open tickets for themselves, agents for anybody. */
export const mayOpenFor = ({ id, roles }: AccessSubject, requesterId: string): boolean =>
  roles.has('agent') || (roles.has('customer') && requesterId === id);
