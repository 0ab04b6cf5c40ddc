import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretText } from '../custody/secret-text.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { faultOfNew } from './chain.fixture.js';
import { type SubmitCommand } from './submit-command.js';
import { nameOf, perform, read, shown, tickets } from './submit-decisions.fixture.js';
import { oneByOne } from './one-by-one.fixture.js';

const key = fc.constantFrom('k1', 'k2');
const actor = fc.constantFrom('ann', 'bob');
const startingTables = fc.record({
  gates: fc
    .record({ phase: fc.constantFrom(0, 2), version: fc.nat(3), lastNumber: fc.nat(9) })
    .map((answered) => [
      { ticketId: 'answered', ...answered } as BatchedGate,
      { ticketId: 'new', phase: -1, version: 0, lastNumber: 0 } as BatchedGate,
    ]),
  live: fc.record({ answered: fc.constantFrom(0, 48, 49), new: fc.constant(0) }),
  keys: fc.uniqueArray(
    fc.record({
      ticketId: fc.constantFrom(...tickets),
      actorId: actor,
      key,
      resourceId: fc.constant('earlier'),
      isOld: fc.boolean(),
    }),
    { selector: nameOf, maxLength: 6 },
  ),
  openRequests: fc.subarray(tickets),
  credentials: fc.constant([]),
  log: fc.constant([]),
  events: fc.constant([]),
});
const submissions = fc
  .array(
    fc.record({
      ticketId: fc.constantFrom('answered', 'answered', 'answered', 'new', 'new', 'without-a-gate'),
      actor,
      phase: fc.constantFrom(0, 2, 2),
      // One of them is stale.
      version: fc.constantFrom(2, 3, 3, 3, 4, 99),
      isGateOlder: fc.boolean(),
      idempotencyKey: fc.option(key, { nil: undefined }),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ phase, version, actor: id, ...command }, index): SubmitCommand => {
      const { ticketId } = command;
      const answer = { ticketId, phase, version } as LeasedStanding;
      const username = new SecretText(String(index));
      return {
        ...command,
        answer,
        caller: {
          actor: { id, roles: new Set(['customer']) },
          requestId: String(index),
          address: null,
        } as unknown as SubmitCommand['caller'],
        secret: { username, password: username, link: null, additionalInformation: null },
        lifetime: 60 + index,
        headers: { traceparent: String(index) },
      };
    }),
  );

describe('arbitrary submissions that are decided together', () => {
  it('have the outcomes, and store what they would, if each came by itself in the order of arrival', () => {
    fc.assert(
      fc.property(startingTables, submissions, (start, all) => {
        expect(shown(perform(start, all))).toEqual(shown(oneByOne(start, all, perform)));
      }),
    );
  });

  it('are deferred only where another transaction has locked what is of their ticket', () => {
    fc.assert(
      fc.property(startingTables, submissions, fc.subarray(tickets), (start, all, locked) => {
        const isDeferred = ({ ticketId }: SubmitCommand) =>
          locked.includes(ticketId) && ticketId !== 'without-a-gate';
        const free = shown(
          perform(
            start,
            all.filter((command) => !isDeferred(command)),
          ),
        ) as { outcomes: unknown[] };
        const { outcomes, ...stored } = shown(perform(start, all, locked)) as typeof free;
        expect(outcomes.filter((one) => one !== 'deferred')).toEqual(free.outcomes);
        expect(outcomes.map((one) => one === 'deferred')).toEqual(all.map(isDeferred));
        expect({ outcomes: free.outcomes, ...stored }).toEqual(free);
      }),
    );
  });

  it('keep the quota, give each number and each key once, and leave chains that verify', async () => {
    await fc.assert(
      fc.asyncProperty(startingTables, submissions, async (start, all) => {
        const { tables } = perform(start, all);
        const { credentials, keys, log } = tables;
        const places = credentials.map(({ ticketId, number }) => `${ticketId} ${number}`);
        expect(new Set(places).size).toBe(places.length);
        expect(new Set(keys.map(nameOf)).size).toBe(keys.length);
        for (const ticketId of tickets) {
          const live = read(tables, []).tickets.get(ticketId)?.live;
          expect(live).toBeLessThanOrEqual(50);
          const added = log.filter((entry) => entry.ticketId === ticketId);
          expect(await faultOfNew(ticketId, added)).toBeUndefined();
        }
      }),
    );
  });
});
