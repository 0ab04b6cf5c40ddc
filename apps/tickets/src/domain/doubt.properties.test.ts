import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HelpdeskEvent, isEnded, ticketStatuses } from '#contracts';
import { doubtOf, firstSight, merge, type Mirrored } from './mirror.js';
import { positionOf } from './position.js';

interface Said extends HelpdeskEvent {
  /** Whether its words are known here. */
  readonly isClear: boolean;
}

const orders: readonly ((n: number) => Pick<HelpdeskEvent, 'version' | 'time'>)[] = [
  (n) => ({ version: n, time: undefined }),
  (n) => ({ version: undefined, time: `2026-03-01T12:00:00.00000${10 + n}` }),
];

/** What a home says of one ticket, in its order, and how it arrives: any number of times, in any order, but a first word that is understood. */
const delivered = fc
  .tuple(
    fc.array(fc.record({ status: fc.constantFrom(...ticketStatuses), isClear: fc.boolean() }), { minLength: 1, maxLength: 8 }),
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
      .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
      .map((arrivals) => ({ events, arrivals })),
  );

const take = (known: Mirrored, event: Said): Mirrored =>
  event.isClear ? merge(known, event) : doubtOf(known, { at: positionOf(event), eventId: event.id, reason: 'data.status' });

const deliver = ([first]: readonly Said[], arrivals: readonly Said[]): Mirrored => arrivals.reduce(take, firstSight(first as Said));

it('however it arrives, a ticket is in doubt exactly while its home has said nothing clear after what was not', () => {
  fc.assert(
    fc.property(delivered, ({ events, arrivals }) => {
      const { ticket } = deliver(events, arrivals);
      const isClearAtLast = events.at(-1)?.isClear === true;
      expect(ticket.doubted).toBe(!isClearAtLast && !isEnded(ticket.status));
    }),
    { numRuns: 1000 },
  );
});

it('once all that was not understood has been understood, nothing is left of the doubt', () => {
  fc.assert(
    fc.property(delivered, ({ events, arrivals }) => {
      const before = deliver(events, arrivals);
      const replayed = events.filter(({ isClear }) => !isClear).map((event) => ({ ...event, isClear: true }));
      const { ticket } = replayed.reduce(take, before);
      expect(ticket).toMatchObject({ doubted: false, status: events.at(-1)?.status });
    }),
    { numRuns: 1000 },
  );
});
