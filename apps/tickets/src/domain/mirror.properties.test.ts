import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HelpdeskEvent, isEnded, isEndedPhase, ticketStatuses } from '#contracts';
import { createFromEvent, merge, type Mirrored } from './mirror.js';
import { positionOf } from './position.js';

const status = fc.constantFrom(...ticketStatuses);
const person = fc.option(fc.constantFrom('ann', 'bob', 'zoe'));
const said = fc.record(
  {
    status,
    requesterId: person,
    assigneeId: person,
    subject: fc.option(fc.constantFrom('a', 'b')),
  },
  { requiredKeys: ['status'] },
);
type Said = Pick<HelpdeskEvent, 'status'>;

/** A home's events about one ticket in its order. */
const historyOf = (
  facts: fc.Arbitrary<Said>,
  order: (n: number) => Pick<HelpdeskEvent, 'version' | 'time'>,
): fc.Arbitrary<HelpdeskEvent[]> =>
  fc.array(facts, { minLength: 1, maxLength: 8 }).map((all) =>
    all.map((fact, n) => ({
      source: '/legacy-desk',
      ticketId: 'legacy:1',
      id: undefined,
      ...fact,
      ...order(n),
    })),
  );

const history = fc.oneof(
  historyOf(said, (n) => ({ version: 9 + n, time: undefined })),
  // Fractions that differ in their last digits only.
  historyOf(said, (n) => ({ version: undefined, time: `2026-03-01T12:00:00.00000${10 + n}` })),
  // Two changes to each tick of the home's clock.
  historyOf(fc.record({ status }), (n) => ({
    version: undefined,
    time: `2026-03-01T12:00:0${Math.floor(n / 2)}.`,
  })),
);

/**
 * Every event of a history at least once, in any order: what at-least-once delivery
 * without order may make of it.
 */
const delivered = history.chain((events) =>
  fc
    .array(fc.constantFrom(...events), { maxLength: 8 })
    .chain((again) =>
      fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
    )
    .map((arrivals) => ({ events, arrivals })),
);

const deliver = (arrivals: readonly HelpdeskEvent[]): Mirrored[] =>
  arrivals.reduce<Mirrored[]>((seen, event) => {
    const before = seen.at(-1);
    return [...seen, before === undefined ? createFromEvent(event) : merge(before, event)];
  }, []);

const last = <T>(values: readonly T[]): T => values.at(-1) as T;

const rank = ({ status }: Said) => ticketStatuses.indexOf(status);

/**
 * What the order of the home gives: the last word on each field; within one tick of its
 * clock the status that is furthest.
 */
function truth(events: readonly HelpdeskEvent[]) {
  const word = (field: 'requesterId' | 'assigneeId' | 'subject') =>
    events.findLast((event) => event[field] !== undefined)?.[field] ?? null;
  const newest = events.filter((event) => positionOf(event) === positionOf(last(events)));
  const { status } = newest.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  return {
    status,
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
        expect({
          status,
          subject,
          requester: requester?.id ?? null,
          assignee: assignee?.id ?? null,
        }).toEqual(truth(events));
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
        const ends = events.some(
          (event) => isEnded(event.status) && positionOf(event) >= (positions.status ?? ''),
        );
        if (ends) expect(last(seen).ticket.phase).toBeGreaterThan(shared.phase);
      }),
      { numRuns: 1000 },
    );
  });

  it('all that was delivered once says nothing new when it is delivered again', () => {
    fc.assert(
      fc.property(delivered, ({ arrivals }) => {
        const { ticket, positions, doubt } = last(deliver(arrivals));
        for (const event of arrivals)
          expect(merge({ ticket, positions, doubt }, event)).toMatchObject({ ticket, positions });
      }),
    );
  });
});
