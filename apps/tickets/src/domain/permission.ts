import { isObject, isStatus, type Role, type TicketStatus } from '#contracts';
import { Problem } from '#problem';

interface Subject {
  readonly id: string;
  readonly roles: ReadonlySet<Role>;
}

/*
 * Both rules look at the body before it is validated, because 403 is answered
 * before 422 (docs/contract.md): they judge only what is readable in it, and
 * leave the rest to validation.
 */

/**
 * May `actor` send this body to a ticket that is `current`? A requester may end their
 * ticket and reopen a resolved one. Reopening a closed one is permitted here, since it
 * fails later with 409. Naming the present status is always permitted.
 * @throws Problem `forbidden`
 */
export function requireMayChange({ roles }: Subject, current: TicketStatus, body: unknown): void {
  if (roles.has('agent') || roles.has('admin') || !isObject(body)) return;
  if ('assigneeId' in body) throw new Problem('forbidden', 'Only agents assign tickets');
  const { status } = body;
  if (isStatus(status) && !requesterMaySet(status, current))
    throw new Problem('forbidden', 'The requester may resolve, close and reopen only');
}

/**
 * May `actor` open a ticket with this body? Customers open tickets for
 * themselves, agents for anybody.
 * @throws Problem `forbidden`
 */
export function requireMayOpen({ id, roles }: Subject, body: unknown): void {
  if (roles.has('agent')) return;
  const named = isObject(body) ? body.requesterId : undefined;
  const forAnother = typeof named === 'string' && named !== '' && named !== id;
  if (!roles.has('customer') || forAnother)
    throw new Problem('forbidden', 'A customer opens tickets for themself only');
}

const requesterMaySet = (status: TicketStatus, current: TicketStatus): boolean =>
  status === current ||
  status === 'resolved' ||
  status === 'closed' ||
  (status === 'open' && (current === 'resolved' || current === 'closed'));
