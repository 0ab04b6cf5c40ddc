import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HelpdeskEvent, isEnded, isEndedPhase, ticketStatuses } from '#contracts';
import { firstSight, merge, type Mirrored } from './mirror.js';

const now = new Date('2026-03-01T12:00:00.000Z');
const person = fc.option(fc.constantFrom('ann', 'bob', 'zoe'));
const said = fc.record(
  { status: fc.constantFrom(...ticketStatuses), requesterId: person, assigneeId: person, subject: fc.option(fc.constantFrom('a', 'b')) },
  { requiredKeys: ['status'] },
);

/** A home's events about one ticket in its order, by version or by time; the fractions of the times differ in their last digits only. */
const history: fc.Arbitrary<HelpdeskEvent[]> = fc.tuple(fc.boolean(), fc.array(said, { minLength: 1, maxLength: 8 })).map(([byTime, all]) =>
  all.map((facts, n) => ({
    source: '/legacy-desk',
    ticketId: 'legacy:1',
    ...facts,
    version: byTime ? undefined : 9 + n,
    time: byTime ? `2026-03-01T12:00:00.00000${10 + n}` : undefined,
  })),
);

/** Every event of a history at least once, in any order: what at-least-once delivery without order may make of it. */
const delivered = history.chain((events) =>
  fc
    .array(fc.constantFrom(...events), { maxLength: 8 })
    .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
    .map((arrivals) => ({ events, arrivals })),
);

const deliver = (arrivals: readonly HelpdeskEvent[]): Mirrored[] =>
  arrivals.reduce<Mirrored[]>((seen, event) => {
    const before = seen.at(-1);
    return [...seen, before === undefined ? firstSight(event, now) : merge(before, event, now)];
  }, []);

const last = <T>(values: readonly T[]): T => values.at(-1) as T;

/** What the order of the home gives: the last word on each field. */
function truth(events: readonly HelpdeskEvent[]) {
  const word = (field: 'requesterId' | 'assigneeId' | 'subject') => events.findLast((event) => event[field] !== undefined)?.[field] ?? null;
  return {
    status: last(events).status,
    requester: word('requesterId'),
    assignee: word('assigneeId'),
    subject: word('subject') ?? 'legacy:1',
  };
}

describe('however events are shuffled and repeated', () => {
  it("the ticket ends as the home's order gives it", () => {
    fc.assert(
      fc.property(delivered, ({ events, arrivals }) => {
        const { ticket } = last(deliver(arrivals));
        const { status, subject, requester, assignee } = ticket;
        expect({ status, subject, requester: requester?.id ?? null, assignee: assignee?.id ?? null }).toEqual(truth(events));
      }),
      { numRuns: 1000 },
    );
  });

  it('the phase is odd exactly while ended, and it and the version only grow, the version by one', () => {
    fc.assert(
      fc.property(delivered, ({ arrivals }) => {
        const seen = deliver(arrivals).map(({ ticket }) => ticket);
        for (const [index, ticket] of seen.entries()) {
          expect(isEndedPhase(ticket.phase)).toBe(isEnded(ticket.status));
          const before = seen[index - 1] ?? ticket;
          expect(ticket.version - before.version).toBe(ticket === before ? 0 : 1);
          expect([0, 1, 2]).toContain(ticket.phase - before.phase);
        }
      }),
    );
  });

  it('no share outlives an end that its home put after it', () => {
    fc.assert(
      fc.property(delivered, fc.nat(), ({ events, arrivals }, moment) => {
        const seen = deliver(arrivals);
        const { ticket: shared, positions } = seen[moment % seen.length] as Mirrored;
        fc.pre(!isEnded(shared.status));
        // The status the share was made under is that of one event; what the home says after it is after the share.
        const known = events.findIndex((event) => deliver([event])[0]?.positions.status === positions.status);
        const ends = events.slice(known + 1).some(({ status }) => isEnded(status));
        if (ends) expect(last(seen).ticket.phase).toBeGreaterThan(shared.phase);
      }),
      { numRuns: 1000 },
    );
  });

  it('all that was delivered once says nothing new when it is delivered again', () => {
    fc.assert(
      fc.property(delivered, ({ arrivals }) => {
        const { ticket, positions } = last(deliver(arrivals));
        for (const event of arrivals) expect(merge({ ticket, positions }, event, now)).toMatchObject({ ticket, positions });
      }),
    );
  });
});
