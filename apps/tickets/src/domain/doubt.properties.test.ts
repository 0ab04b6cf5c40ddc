import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HelpdeskEvent, isEnded, ticketStatuses } from '#contracts';
import { type Doubt, doubtBy } from './doubt.js';
import { doubtOf, createFromEvent, merge, type Mirrored, recall } from './mirror.js';
import { positionOf } from './position.js';

interface Said extends HelpdeskEvent {
  /** Whether its words are known here. */
  readonly isClear: boolean;
}

const orders: readonly ((n: number) => Pick<HelpdeskEvent, 'version' | 'time'>)[] = [
  (n) => ({ version: n, time: undefined }),
  (n) => ({ version: undefined, time: `2026-03-01T12:00:00.00000${10 + n}` }),
];

/**
 * What a home says of one ticket, in its order, and how it arrives: any number of times,
 * in any order. One of them at least is understood.
 */
const delivered = fc
  .tuple(
    fc.array(fc.record({ status: fc.constantFrom(...ticketStatuses), isClear: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.constantFrom(...orders),
  )
  .map(([facts, order]): Said[] =>
    facts.map((fact, n) => ({
      source: '/legacy-desk',
      ticketId: 'legacy:1',
      id: `e${n}`,
      ...fact,
      isClear: fact.isClear || n === 0,
      ...order(n),
    })),
  )
  .chain((events) =>
    fc
      .array(fc.constantFrom(...events), { maxLength: 8 })
      .chain((again) =>
        fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
      )
      .map((arrivals) => ({ events, arrivals })),
  );

const notUnderstood = (event: Said) => ({
  at: positionOf(event),
  eventId: event.id,
  reason: 'data.status',
});

const take = (known: Mirrored, event: Said): Mirrored =>
  event.isClear ? merge(known, event) : doubtOf(known, notUnderstood(event));

/** What comes before the first that is understood is kept for it. */
function deliver(arrivals: readonly Said[]): Mirrored {
  const first = arrivals.findIndex(({ isClear }) => isClear);
  const early = arrivals
    .slice(0, first)
    .reduce<Doubt | undefined>(
      (doubt, event) => doubtBy(notUnderstood(event), doubt, null),
      undefined,
    );
  const opening = arrivals[first] as Said;
  const seen = createFromEvent(opening);
  return arrivals.slice(first + 1).reduce(take, early ? recall(seen, early, opening) : seen);
}

it('however it arrives, a ticket is in doubt exactly while its home has said nothing clear after what was not', () => {
  fc.assert(
    fc.property(delivered, ({ events, arrivals }) => {
      const { ticket } = deliver(arrivals);
      const isClearAtLast = events.at(-1)?.isClear === true;
      expect(ticket.doubted).toBe(!isClearAtLast && !isEnded(ticket.status));
    }),
    { numRuns: 1000 },
  );
});

it('once all that was not understood has been understood, nothing is left of the doubt', () => {
  fc.assert(
    fc.property(delivered, ({ events, arrivals }) => {
      const before = deliver(arrivals);
      const replayed = events
        .filter(({ isClear }) => !isClear)
        .map((event) => ({ ...event, isClear: true }));
      const { ticket } = replayed.reduce(take, before);
      expect(ticket).toMatchObject({ doubted: false, status: events.at(-1)?.status });
    }),
    { numRuns: 1000 },
  );
});
