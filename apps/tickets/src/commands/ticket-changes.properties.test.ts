import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roles, ticketStatuses } from '#contracts';
import { openTicket, type StoredTicket } from '../domain/ticket.js';
import { type ChangeCommand, TicketChanges } from './ticket-changes.js';

const now = new Date('2026-01-31T09:00:00.123Z');
const ticketIds = ['a', 'b', 'c'];

/** As it was stored last; the clock may have been set back since. */
const stored = (id: string, at: number): StoredTicket => {
  const facts = { id, subject: 'Login fails', description: null };
  const ticket = openTicket({ ...facts, requester: { id: 'ann', name: null } });
  const time = new Date(now.getTime() + at);
  return { ...ticket, createdAt: time, updatedAt: time };
};

const actors = fc.record({
  id: fc.constantFrom('ann', 'alex'),
  name: fc.constantFrom('Alex', undefined),
  roles: fc.subarray(roles.slice(0, 3), { minLength: 1 }).map((some) => new Set(some)),
  token: fc.constant(''),
  signedInAt: fc.constant(undefined),
  expiresAt: fc.constant(0),
});
const bodies = fc.record(
  {
    status: fc.constantFrom(...ticketStatuses),
    assigneeId: fc.constantFrom('alex', 'zoe', null),
  },
  { requiredKeys: [] },
);
const commands = fc.array(
  fc
    .record({
      ticketId: fc.constantFrom(...ticketIds, 'unknown'),
      actor: actors,
      body: bodies,
      isValid: fc.boolean(),
      version: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      trace: fc.nat(99),
    })
    .map(({ ticketId, actor, body, isValid, version, trace }) => ({
      ticketId,
      actor,
      body: {
        readable: body,
        requireValid: () => {
          if (!isValid) throw new Error('not valid');
          return body;
        },
      },
      matches: version === undefined ? undefined : (present: number) => present === version,
      headers: { traceparent: String(trace) },
    })),
  { maxLength: 12 },
);

/** What it answers, without the ids of its events, which are always others. */
function perform(tickets: readonly StoredTicket[], batch: readonly ChangeCommand[]) {
  const changes = new TicketChanges(tickets, now);
  const outcomes = batch.map((command) => {
    try {
      return changes.decide(command);
    } catch (error) {
      return (error as Error).message;
    }
  });
  const changed = new Map(changes.changed.map((ticket) => [ticket.id, ticket]));
  const events = changes.events.map(({ event, headers }) => ({
    event: { ...event, id: '' },
    headers,
  }));
  return { outcomes, events, tickets: tickets.map((ticket) => changed.get(ticket.id) ?? ticket) };
}

describe('changes in one batch', () => {
  it('are decided, written and told as if each came by itself, in the order of arrival', () => {
    fc.assert(
      fc.property(
        commands,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3 }),
        (all, at) => {
          let tickets = ticketIds.map((id, index) => stored(id, at[index] ?? 0));
          const batched = perform(tickets, all);
          const alone = all.map((command) => {
            const done = perform(tickets, [command]);
            tickets = done.tickets;
            return done;
          });
          expect(batched).toEqual({
            outcomes: alone.flatMap(({ outcomes }) => outcomes),
            events: alone.flatMap(({ events }) => events),
            tickets,
          });
        },
      ),
    );
  });

  it('each have a version of their own, and a time that never goes back', () => {
    fc.assert(
      fc.property(commands, fc.integer({ min: -9, max: 9 }), (all, at) => {
        const before = ticketIds.map((id) => stored(id, at));
        const { events, tickets } = perform(before, all);
        for (const { id, version, updatedAt } of tickets) {
          const told = events.map(
            ({ event }) =>
              event as unknown as { subject: string; time: string; data: { version: number } },
          );
          const versions = told
            .filter(({ subject }) => subject === id)
            .map(({ data }) => data.version);
          expect([...new Set(versions)]).toEqual(
            Array.from({ length: version - 1 }, (_, n) => n + 2),
          );
          expect(updatedAt.getTime()).toBeGreaterThanOrEqual(now.getTime() + at);
        }
      }),
    );
  });
});
