import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEndedPhase, type TicketEvent } from '#contracts';
import { type ApplyCommand } from './apply-decisions.js';
import {
  at,
  dataOf,
  type GateRow,
  logOf,
  perform,
  shown,
  type Tables,
  tickets,
} from './apply-decisions.fixture.js';
import { faultOfNew } from './chain.fixture.js';
import { oneByOne } from './one-by-one.fixture.js';

const phase = fc.nat(5);
const reported = fc
  .record({
    ticketId: fc.constantFrom('live', 'live', ...tickets),
    phase,
    version: fc.integer({ min: 1, max: 6 }),
    assigneeId: fc.constantFrom('alex', null),
  })
  .map((facts) => ({
    ...facts,
    status: isEndedPhase(facts.phase) ? ('resolved' as const) : ('open' as const),
    requesterId: 'ann',
  }));
const reports = fc
  .array(
    fc.record({
      data: reported,
      // An event may be delivered again, with whatever somebody made of it.
      id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
      type: fc.constantFrom(null, 'ticket.status.changed', 'ticket.assigned'),
      reason: fc.constantFrom('ticket-ended' as const, 'reconciled' as const),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ data, id, type, reason }, index): ApplyCommand => {
      const headers = { traceparent: String(index) };
      const { ticketId } = data;
      return type === null
        ? { ticketId, headers, standing: data as never, cause: { triggerId: null, reason } }
        : { ticketId, headers, event: { id, type, data } as unknown as TicketEvent };
    }),
  );
const startingTables = fc
  .record({ phase, version: fc.nat(4), count: fc.nat(2) })
  .map((live): Tables => {
    const gate = { lastNumber: 7, status: 'open', assigneeId: null } as unknown as GateRow;
    const place = { boundPhase: live.phase, kekId: 'key', expiresAt: at };
    return {
      gates: [
        { ...gate, ticketId: 'live', phase: live.phase, version: live.version },
        { ...gate, ticketId: 'other', phase: 0, version: 1 },
        { ...gate, ticketId: 'new', phase: -1, version: 0 },
      ],
      credentials: [
        ...Array.from({ length: isEndedPhase(live.phase) ? 0 : live.count }, (_, n) => ({
          ...place,
          ticketId: 'live',
          id: `live ${n}`,
        })),
        { ...place, boundPhase: 0, ticketId: 'other', id: 'other 0' },
      ],
      log: [],
      receipts: [],
      events: [],
    };
  });

describe('arbitrary reports of tickets that are applied together', () => {
  it('come to what they would if each came by itself, in the order of arrival', () => {
    fc.assert(
      fc.property(startingTables, reports, (start, all) => {
        expect(shown(perform(start, all))).toEqual(shown(oneByOne(start, all, perform)));
      }),
    );
  });

  it('are deferred only where another transaction has locked what is of their ticket', () => {
    fc.assert(
      fc.property(startingTables, reports, fc.subarray(tickets), (start, all, locked) => {
        const isFree = ({ ticketId }: ApplyCommand) => !locked.includes(ticketId);
        const { outcomes, ...stored } = shown(perform(start, all, locked));
        const free = shown(perform(start, all.filter(isFree)));
        expect(outcomes.map((one) => one !== 'deferred')).toEqual(all.map(isFree));
        expect({ outcomes: outcomes.filter((one) => one !== 'deferred'), ...stored }).toEqual(free);
      }),
    );
  });

  it('destroy each credential once, with an entry, a receipt and an event, and leave chains that verify', async () => {
    await fc.assert(
      fc.asyncProperty(startingTables, reports, async (start, all) => {
        const { tables } = perform(start, all);
        const left = tables.credentials.map(({ id }) => id);
        const gone = start.credentials.map(({ id }) => id).filter((id) => !left.includes(id));
        const entries = tables.log.flatMap(({ entry: { credentialId } }) => credentialId ?? []);
        const named = tables.receipts.flatMap(({ destroyed }) => destroyed.map(({ id }) => id));
        const published = tables.events.flatMap(({ event }) => dataOf(event).credentialIds);
        for (const ids of [entries, named, published]) expect(ids.sort()).toEqual(gone);
        for (const ticketId of tickets)
          expect(await faultOfNew(ticketId, logOf(tables, ticketId))).toBeUndefined();
      }),
    );
  });
});
