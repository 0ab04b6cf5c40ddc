import { describe, expect, it } from '@jest/globals';
import { isEnded, isEndedPhase, ownHome, type TicketStatus, ticketStatuses } from '#contracts';
import { changeEvents } from './events.js';
import { openTicket, type Ticket } from './ticket.js';
import { transition } from './transition.js';

const [createdAt, updatedAt] = [
  new Date('2026-01-01T00:00:00.000Z'),
  new Date('2026-01-02T00:00:00.000Z'),
];
const base = openTicket({
  id: 't1',
  subject: 's',
  description: null,
  requester: { id: 'ann', name: 'Ann' },
});
const at = (status: TicketStatus, home = ownHome): Ticket => ({
  ...base,
  home,
  status,
  version: 7,
  phase: isEnded(status) ? 3 : 2,
});

const pairs = ticketStatuses.flatMap((from) => ticketStatuses.map((to) => [from, to] as const));

describe('a transition of our own ticket', () => {
  it.each(pairs)('from %s to %s keeps version and phase honest', (from, to) => {
    const before = at(from);
    const attempt = () => transition(before, { status: to });
    if (from === 'closed' && to !== 'closed') {
      expect(attempt).toThrow(/^closed-is-final/);
      return;
    }
    const { ticket, statusChanged } = attempt();
    expect(statusChanged).toBe(from !== to);
    expect(ticket.version).toBe(from === to ? 7 : 8);
    expect(ticket.phase - before.phase).toBe(isEnded(from) === isEnded(to) ? 0 : 1);
    expect(isEndedPhase(ticket.phase)).toBe(isEnded(ticket.status));
    if (from === to) expect(ticket).toBe(before);
  });

  it('takes one version for a change of status and assignee, and makes two events of it', () => {
    const before = at('open');
    const change = transition(before, { status: 'resolved', assignee: { id: 'bob', name: null } });
    expect(change.ticket).toMatchObject({ version: 8, phase: 3, assignee: { id: 'bob' } });
    const stored = { ...change, ticket: { ...change.ticket, createdAt, updatedAt } };
    const events = changeEvents(stored, { id: 'eve', roles: new Set(['agent', 'admin'] as const) });
    expect(
      events.map(({ type, data }) => [
        type,
        data.version,
        data.status,
        data.previousStatus,
        data.actorId,
        data.actorRole,
      ]),
    ).toEqual([
      ['ticket.status.changed', 8, 'resolved', 'open', 'eve', 'admin+agent'],
      ['ticket.assigned', 8, 'resolved', 'open', 'eve', 'admin+agent'],
    ]);
    expect(new Set(events.map(({ time }) => time))).toEqual(new Set([updatedAt.toISOString()]));
  });

  it('keeps the known name when the same assignee is named again', () => {
    const before = { ...at('open'), assignee: { id: 'bob', name: 'Bob' } };
    expect(transition(before, { assignee: { id: 'bob', name: null } }).ticket).toBe(before);
  });

  it('can assign and unassign a closed ticket', () => {
    expect(transition(at('closed'), { assignee: { id: 'bob', name: null } }).ticket).toMatchObject({
      version: 8,
      phase: 3,
    });
  });
});

describe('a transition of a mirrored ticket', () => {
  it.each(pairs)('from %s to %s is for its home to make', (from, to) => {
    const before = at(from, '/legacy-desk');
    if (from === to) expect(transition(before, { status: to }).ticket).toBe(before);
    else expect(() => transition(before, { status: to })).toThrow(/^owned-by-home/);
  });

  it('may be assigned here', () => {
    expect(
      transition(at('open', '/legacy-desk'), { assignee: { id: 'bob', name: null } })
        .assigneeChanged,
    ).toBe(true);
  });
});
