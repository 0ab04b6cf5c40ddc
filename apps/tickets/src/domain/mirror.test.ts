import { describe, expect, it } from '@jest/globals';
import { after, by, shown } from './mirror.fixture.js';
import { merge } from './mirror.js';

describe('the first event about a ticket', () => {
  it('makes it known, live or ended', () => {
    expect(after(by(7, 'pending')).ticket).toEqual({
      id: 'legacy:1',
      home: '/legacy-desk',
      subject: 'legacy:1',
      description: null,
      status: 'pending',
      version: 1,
      phase: 0,
      requester: null,
      assignee: null,
      doubted: false,
    });
    expect(shown(after(by(7, 'closed')))).toEqual(['closed', 1, 1]);
  });

  it('may say at once whose it is, who works on it and what it is about', () => {
    const { ticket } = after(
      by(0, 'open', { requesterId: 'ann', assigneeId: 'alex', subject: 'Printer' }),
    );
    expect(ticket).toMatchObject({
      version: 1,
      requester: { id: 'ann', name: null },
      assignee: { id: 'alex' },
      subject: 'Printer',
    });
  });
});

describe('a later event', () => {
  it('changes what it says and leaves what it does not say', () => {
    const mirrored = after(
      by(1, 'open', { requesterId: 'ann', assigneeId: 'alex', subject: 'Printer' }),
      by(2, 'on_hold'),
    );
    expect(mirrored.ticket).toMatchObject({
      status: 'on_hold',
      version: 2,
      phase: 0,
      requester: { id: 'ann' },
      assignee: { id: 'alex' },
    });
    expect(
      after(by(1, 'open'), by(2, 'open', { assigneeId: null, subject: null })).ticket,
    ).toMatchObject({
      subject: 'legacy:1',
      version: 1,
    });
    const emptied = merge(
      mirrored,
      by(3, 'on_hold', { requesterId: null, assigneeId: null, subject: null }),
    );
    expect(emptied.ticket).toMatchObject({
      requester: null,
      assignee: null,
      subject: 'legacy:1',
      version: 3,
    });
  });

  it('keeps the name that is known of the same person', () => {
    const known = after(by(1, 'open', { assigneeId: 'zoe' }));
    const taken = { ...known, ticket: { ...known.ticket, assignee: { id: 'alex', name: 'Alex' } } };
    expect(merge(taken, by(2, 'open', { assigneeId: 'alex' })).ticket).toBe(taken.ticket);
  });

  it('moves the phase by one with each crossing; closed may be open again', () => {
    const story = [
      by(1, 'open'),
      by(2, 'resolved'),
      by(3, 'closed'),
      by(4, 'open'),
      by(5, 'pending'),
      by(6, 'closed'),
    ] as const;
    const seen = story.map((_, index) => shown(after(story[0], ...story.slice(1, index + 1))));
    expect(seen).toEqual([
      ['open', 1, 0],
      ['resolved', 2, 1],
      ['closed', 3, 1],
      ['open', 4, 2],
      ['pending', 5, 2],
      ['closed', 6, 3],
    ]);
  });

  it.each([
    [by(1, 'open'), by(1, 'resolved')],
    [by(2, 'resolved'), by(1, 'open')],
    [by(2, 'resolved'), by(2, 'resolved')],
    [by(2, 'pending'), by(1, 'open')],
  ])('that is older or comes again does nothing (%#)', (first, again) => {
    const before = after(first);
    const merged = merge(before, again);
    expect(merged.ticket).toBe(before.ticket);
    expect(merged.positions).toBe(before.positions);
  });
});

describe('an end that a later event overtook', () => {
  it('moves the phase by two, once', () => {
    const overtaken = after(by(1, 'open'), by(3, 'open'), by(2, 'resolved'));
    expect(shown(overtaken)).toEqual(['open', 2, 2]);
    expect(merge(overtaken, by(2, 'resolved')).ticket).toBe(overtaken.ticket);
    const inOrder = after(by(1, 'open'), by(5, 'open'), by(2, 'closed'), by(4, 'resolved'));
    expect(shown(inOrder)).toEqual(['open', 3, 4]);
    const inReverse = after(by(1, 'open'), by(5, 'open'), by(4, 'resolved'), by(2, 'closed'));
    expect(shown(inReverse)).toEqual(['open', 2, 2]);
  });

  it('that was applied in its time does nothing when it comes again after the reopening', () => {
    const again = after(by(1, 'open'), by(2, 'resolved'), by(3, 'open'), by(2, 'resolved'));
    expect(shown(again)).toEqual(['open', 3, 2]);
  });

  it('means nothing while the ticket is ended by a later one', () => {
    const ended = after(by(1, 'open'), by(3, 'closed'), by(2, 'resolved'));
    expect(shown(ended)).toEqual(['closed', 2, 1]);
  });
});
