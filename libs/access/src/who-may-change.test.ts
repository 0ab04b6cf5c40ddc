import { describe, expect, it } from '@jest/globals';
import { type Role, type TicketStatus, ticketStatuses } from '#contracts';
import { mayAssign, mayOpenFor, maySetStatus } from './who-may-change.js';

const actor = (...roles: Role[]) => ({ id: 'ann', roles: new Set(roles) });
const cells = ticketStatuses.flatMap((from) => ticketStatuses.map((to) => [from, to] as const));

/**
 * docs/contract.md: the requester may set `resolved`, `closed`, and reopen `resolved` to
 * `open`; a closed one gets 409 elsewhere.
 */
const requesterMay: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ['open', 'resolved', 'closed'],
  pending: ['pending', 'resolved', 'closed'],
  on_hold: ['on_hold', 'resolved', 'closed'],
  resolved: ['resolved', 'closed', 'open'],
  closed: ['closed', 'resolved', 'open'],
};

describe('maySetStatus', () => {
  it.each(cells)(
    'allows from %s to %s to agents and admins, and to the requester as promised',
    (from, to) => {
      expect(maySetStatus(actor('agent'), from, to)).toBe(true);
      expect(maySetStatus(actor('admin'), from, to)).toBe(true);
      expect(maySetStatus(actor('customer'), from, to)).toBe(requesterMay[from].includes(to));
    },
  );
});

describe('mayAssign', () => {
  it('is for agents and admins, whatever else they are, and not for the requester', () => {
    expect(mayAssign(actor('customer'))).toBe(false);
    expect(mayAssign(actor('agent'))).toBe(true);
    expect(mayAssign(actor('admin'))).toBe(true);
    expect(mayAssign(actor('customer', 'agent'))).toBe(true);
  });
});

describe('mayOpenFor', () => {
  it.each<[Role[], string, boolean]>([
    [['customer'], 'ann', true],
    [['customer'], 'bob', false],
    [['customer', 'agent'], 'bob', true],
    [['agent'], 'bob', true],
    [['admin'], 'ann', false],
    [['service'], 'ann', false],
    [[], 'ann', false],
  ])('answers who has the roles %j and opens one for %s by %s', (roles, requesterId, allowed) => {
    expect(mayOpenFor(actor(...roles), requesterId)).toBe(allowed);
  });
});
