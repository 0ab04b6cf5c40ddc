import { describe, expect, it } from '@jest/globals';
import { type Role, type TicketStatus, ticketStatuses } from '#contracts';
import { requireMayChange, requireMayOpen } from './permission.js';

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

describe('a change of status', () => {
  it.each(cells)(
    'from %s to %s is allowed to agents and admins, and to the requester as promised',
    (from, to) => {
      const attempt = (role: Role) => () => {
        requireMayChange(actor(role), from, { status: to });
      };
      expect(attempt('agent')).not.toThrow();
      expect(attempt('admin')).not.toThrow();
      if (requesterMay[from].includes(to)) expect(attempt('customer')).not.toThrow();
      else expect(attempt('customer')).toThrow(/^forbidden/);
    },
  );

  it.each([
    [{ assigneeId: 'bob' }],
    [{ assigneeId: null }],
    [{ status: 'resolved', assigneeId: 7 }],
  ])('that touches the assignee is not for the requester: %j', (body) => {
    expect(() => {
      requireMayChange(actor('customer'), 'open', body);
    }).toThrow(/^forbidden/);
    expect(() => {
      requireMayChange(actor('customer', 'agent'), 'open', body);
    }).not.toThrow();
  });

  it.each([[null], [[]], ['text'], [{}], [{ status: 'bogus' }], [{ other: 1 }]])(
    'that is unreadable is left to validation: %j',
    (body) => {
      expect(() => {
        requireMayChange(actor('customer'), 'open', body);
      }).not.toThrow();
    },
  );
});

describe('opening a ticket', () => {
  it.each<[Role[], unknown, boolean]>([
    [['customer'], {}, true],
    [['customer'], { requesterId: 'ann' }, true],
    [['customer'], { requesterId: null }, true],
    [['customer'], { requesterId: 'bob' }, false],
    [['customer'], { requesterId: 7 }, true],
    [['customer', 'agent'], { requesterId: 'bob' }, true],
    [['agent'], { requesterId: 'bob' }, true],
    [['agent'], null, true],
    [['admin'], {}, false],
    [['service'], {}, false],
    [[], {}, false],
  ])('by %j with %j is allowed: %s', (roles, body, allowed) => {
    const attempt = () => {
      requireMayOpen(actor(...roles), body);
    };
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(/^forbidden/);
  });
});
