import { describe, expect, it } from '@jest/globals';
import { base, before, gate, lifted, restored, since, ticket } from './lift.fixture.js';
import { lift, margin } from './lift.js';
import { type StoredTicket } from './ticket.js';

const resolved = { status: 'resolved', phase: 1 } as const;

describe('a ticket that nobody has changed since the restore', () => {
  it('is left alone where nothing was lost that its gate knows of', () => {
    for (const version of [1, 2]) expect(lifted(ticket({}), gate({ version }))).toBe('up-to-date');
    expect(lifted(ticket({ ...resolved, version: 3 }), gate({}))).toBe('up-to-date');
  });

  it('ends again where its end was lost, though only an event had told it, which knew nobody', () => {
    const change = lifted(
      ticket({}),
      gate({ ...resolved, version: 1, assigneeId: null, credentials: 0 }),
    );
    expect(change).toMatchObject({
      previousStatus: 'open',
      statusChanged: true,
      assigneeChanged: false,
    });
    expect(change).toMatchObject({
      ticket: { ...resolved, version: 3, assignee: { id: 'bob', name: 'Bob' } },
    });
  });

  it('is live again where it was reopened, and what was shared then stays', () => {
    const change = lifted(ticket(resolved), gate({ phase: 2, version: 4, status: 'pending' }));
    expect(change).toMatchObject({
      previousStatus: 'resolved',
      ticket: { status: 'pending', phase: 2, version: 5 },
    });
  });

  it('gets back whom it was given to, and keeps the names that are known', () => {
    const change = lifted(ticket({}), gate({ version: 7, assigneeId: 'carol' }));
    expect(change).toMatchObject({ statusChanged: false, assigneeChanged: true });
    expect(change).toMatchObject({
      ticket: {
        version: 8,
        phase: 0,
        requester: base.requester,
        assignee: { id: 'carol', name: null },
      },
    });
    expect(lifted(ticket({}), gate({ version: 7, assigneeId: null }))).toMatchObject({
      ticket: { assignee: null },
    });
  });
});

describe('a ticket that people have changed since the restore', () => {
  const changed = (change: Partial<StoredTicket>) => ticket({ updatedAt: since, ...change });

  it('stays as they left it, at a phase that says so', () => {
    expect(lifted(changed({}), gate({ ...resolved, version: 5, credentials: 0 }))).toMatchObject({
      statusChanged: false,
      assigneeChanged: false,
      ticket: { status: 'open', phase: 2, version: 6, assignee: base.assignee },
    });
    expect(lifted(changed({}), gate({ version: 5, assigneeId: 'carol' }))).toMatchObject({
      ticket: { version: 6, assignee: base.assignee },
    });
  });

  it.each([changed({}), changed(resolved)])(
    'is undecided where it may have ended after what is stored was shared',
    (one) => {
      expect(lifted(one, gate({ phase: 2, version: 5 }))).toBe('undecided');
      expect(lifted(one, gate({ phase: 2, version: 5, credentials: 0 }))).toMatchObject({
        ticket: { status: one.status },
      });
    },
  );

  it('is undecided at the phase of its gate too, unless it has never ended', () => {
    expect(lifted(changed({ phase: 2, version: 4 }), gate({ phase: 2, version: 5 }))).toBe(
      'undecided',
    );
    expect(lifted(changed({ version: 4 }), gate({ version: 5 }))).toMatchObject({
      ticket: { status: 'open', phase: 0, version: 6 },
    });
  });

  it('has ended for good where it is ours and closed', () => {
    for (const updatedAt of [before, since])
      expect(
        lifted(ticket({ status: 'closed', phase: 1, updatedAt }), gate({ phase: 2, version: 5 })),
      ).toMatchObject({
        ticket: { status: 'closed', phase: 3, version: 6 },
      });
    expect(
      lifted(changed({ status: 'closed', phase: 1, home: '/legacy-desk' }), gate({ phase: 2 })),
    ).toBe('undecided');
  });
});

describe('a ticket that was changed so near the restore that the times do not tell on which side of it', () => {
  const secondsAfter = (seconds: number) => new Date(restored.getTime() + seconds * 1000);
  const ended = gate({ ...resolved, version: 5, credentials: 0 });
  const near = [-margin, -1, 0, 1, margin].map((seconds) =>
    ticket({ updatedAt: secondsAfter(seconds) }),
  );

  it('is for a person: its end may be lost, or its reopening new', () => {
    for (const one of near) expect(lifted(one, ended)).toBe('undecided');
    expect(lifted(ticket({ updatedAt: secondsAfter(-margin - 1) }), ended)).toMatchObject({
      ticket: resolved,
    });
    expect(lifted(ticket({ updatedAt: secondsAfter(margin + 1) }), ended)).toMatchObject({
      ticket: { status: 'open', phase: 2 },
    });
  });

  it('is lifted where both come to the same', () => {
    for (const one of near)
      expect(lifted(one, gate({ version: 5 }))).toMatchObject({
        ticket: { status: 'open', phase: 0, version: 6 },
      });
    for (const one of near)
      expect(
        lifted({ ...one, status: 'closed', phase: 1 }, gate({ phase: 2, version: 5 })),
      ).toMatchObject({
        ticket: { status: 'closed', phase: 3 },
      });
  });

  it('is lifted as a person has decided; but nobody keeps what may have been shared before an end', () => {
    for (const one of near) {
      expect(lift(one, ended, 'gate')).toMatchObject({ ticket: resolved });
      expect(lift(one, ended, 'ticket')).toMatchObject({ ticket: { status: 'open', phase: 2 } });
      expect(lift(one, gate({ phase: 2, version: 5 }), 'gate')).toMatchObject({
        ticket: { status: 'open', phase: 2 },
      });
      expect(lift(one, gate({ phase: 2, version: 5 }), 'ticket')).toBe('undecided');
    }
  });
});
