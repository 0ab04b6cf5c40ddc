import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isEnded, isEndedPhase, ownHome, ticketStatuses } from '#contracts';
import { before, gate, lifted, restored, since, ticket } from './lift.fixture.js';

it('a lift brings a ticket to its gate at least, lowers nothing, keeps the parity, and changes nothing when repeated', () => {
  const statusAndPhase = fc
    .record({ status: fc.constantFrom(...ticketStatuses), pair: fc.nat(4) })
    .map(({ status, pair }) => ({
      status,
      phase: 2 * pair + Number(isEnded(status)),
    }));
  const version = fc.integer({ min: 1, max: 9 });
  const whoever = fc.constantFrom('ann', 'bob', 'carol', null);
  const gates = fc.record({
    requesterId: whoever,
    assigneeId: whoever,
    credentials: fc.nat(1),
    version,
    statusAndPhase,
  });
  const tickets = fc.record({
    updatedAt: fc.constantFrom(before, restored, since),
    home: fc.constantFrom(ownHome, '/legacy-desk'),
    version,
    statusAndPhase,
  });
  fc.assert(
    fc.property(
      tickets,
      gates,
      ({ statusAndPhase: own, ...rest }, { statusAndPhase: known, ...more }) => {
        const [one, other] = [ticket({ ...rest, ...own }), gate({ ...more, ...known })];
        const change = lifted(one, other);
        if (typeof change === 'string') return;
        const after = { ...one, ...change.ticket };
        expect(after.phase).toBeGreaterThanOrEqual(Math.max(one.phase, other.phase));
        expect(after.version).toBeGreaterThan(Math.max(one.version, other.version));
        expect(isEndedPhase(after.phase)).toBe(isEnded(after.status));
        expect(lifted(after, other)).toBe('up-to-date');
      },
    ),
  );
});
