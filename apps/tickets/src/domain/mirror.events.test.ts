import { describe, expect, it } from '@jest/globals';
import { type HelpdeskEvent, parseTicketEvent } from '#contracts';
import { changeEvents } from './events.js';
import { createFromEvent, merge } from './mirror.js';

type Said = Partial<HelpdeskEvent> & Pick<HelpdeskEvent, 'status'>;
const event = (version: number, said: Said): HelpdeskEvent => ({
  source: '/legacy-desk',
  ticketId: 'legacy:1',
  id: undefined,
  version,
  time: undefined,
  ...said,
});

/** The events of ours for the last of these, which arrive in this order. */
function eventsOf(first: HelpdeskEvent, ...others: HelpdeskEvent[]) {
  const last = others.pop()!;
  const before = others.reduce<ReturnType<typeof createFromEvent>>(
    (known, next) => merge(known, next),
    createFromEvent(first),
  );
  const change = merge(before, last);
  return changeEvents(
    { ...change, ticket: { ...change.ticket, createdAt: new Date(), updatedAt: new Date() } },
    undefined,
  );
}

describe('what is published about a mirrored ticket', () => {
  it('is an event of ours without an actor', () => {
    const [first] = eventsOf(event(1, { status: 'open' }), event(2, { status: 'resolved' }));
    const sent = JSON.parse(JSON.stringify(first)) as Record<string, unknown>;
    expect(() => parseTicketEvent(sent)).not.toThrow();
    expect(sent).toMatchObject({
      source: '/tickets',
      data: { home: '/legacy-desk', status: 'resolved', previousStatus: 'open', phase: 1 },
    });
    expect(sent.data).not.toHaveProperty('actorId');
  });

  it('is an overtaken end, as the previous status of the present one', () => {
    const events = eventsOf(
      event(1, { status: 'open' }),
      event(3, { status: 'pending' }),
      event(2, { status: 'resolved', assigneeId: 'zoe' }),
    );
    const standing = {
      status: 'pending',
      previousStatus: 'resolved',
      version: 3,
      phase: 2,
      assigneeId: 'zoe',
    };
    expect(events).toMatchObject([
      { type: 'ticket.status.changed', data: standing },
      { type: 'ticket.assigned', data: standing },
    ]);
    expect(events).toHaveLength(2);
  });

  it.each([{ requesterId: 'ann' }, { subject: 'Printer' }])(
    'is one change of the same status where only %j is new',
    (more) => {
      const events = eventsOf(event(1, { status: 'open' }), event(2, { status: 'open', ...more }));
      expect(
        events.map(({ type, data }) => [type, data.status, data.previousStatus, data.version]),
      ).toEqual([['ticket.status.changed', 'open', 'open', 2]]);
    },
  );

  it('is only the assignment where only the assignee is new', () => {
    const events = eventsOf(
      event(1, { status: 'open' }),
      event(2, { status: 'open', assigneeId: 'alex' }),
    );
    expect(events.map(({ type }) => type)).toEqual(['ticket.assigned']);
  });
});
