import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Moment, thisMoment } from '#waiting';
import { type HeldSecret } from '../custody/vault.js';
import { GrowingChain } from '../domain/growing-chain.js';
import { type StoredCredential } from '../persistence/credentials.js';
import { type BatchedGate } from '../persistence/gates.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { faultOfNew } from './chain.fixture.js';
import {
  hasExpired,
  type RevealCommand,
  RevealDecisions,
  type RevealFacts,
  type Taken,
} from './reveal-decisions.js';

const at = new Date('2026-11-30T12:00:00.123Z');
const expiresAt = new Date(at.getTime() + 600_000);
const tickets = ['one', 'two', 'without-a-gate'];
const kek = {} as HeldSecret['kek'];
const stored = ['one', 'two'].flatMap((ticketId) =>
  [1, 2].map(
    (number) => ({ ticketId, id: `${ticketId}-${number}`, number, expiresAt }) as StoredCredential,
  ),
);
/** Its key cannot be had. */
const damaged = 'two-2';

/** @param locked by another transaction: gates, logs, and credentials by their ids */
const facts = (locked: readonly string[]): RevealFacts => ({
  mark: undefined,
  gates: new Map(
    ['one', 'two']
      .filter((ticketId) => !locked.includes(`gate of ${ticketId}`))
      .map((ticketId) => [ticketId, { ticketId, phase: 2, version: 3 } as BatchedGate]),
  ),
  chains: new Map(
    tickets
      .filter((ticketId) => !locked.includes(`log of ${ticketId}`))
      .map((ticketId) => [ticketId, new GrowingChain(ticketId, undefined, at)]),
  ),
  tickets: new Map(
    tickets.map((ticketId) => [
      ticketId,
      {
        ticketId,
        hasGate: ticketId !== 'without-a-gate',
        isLogged: false,
      },
    ]),
  ),
  stored: stored.filter(({ id }) => !locked.includes(id)),
  present: stored,
  at,
});

function prepare(locked: readonly string[] = []) {
  const held = new Map(
    stored.map((one) => [one, one.id === damaged ? { failed: new Error('no key') } : { kek }]),
  );
  return new RevealDecisions(facts(locked), held, ({ version }) => version === 99);
}

/** Decides them one after the other, in one batch. */
function decide(commands: readonly RevealCommand[], locked: readonly string[] = []) {
  const decisions = prepare(locked);
  const trueAt = thisMoment();
  const decided = commands.map((command) => {
    const decision = decisions.decide(command, trueAt);
    if (decision === 'deferred') return decision;
    return 'failed' in decision
      ? (decision.failed as Error).name + (decision.failed as Error).message
      : decision.done.result.map(({ credential: { id } }) => id);
  });
  return { decisions, decided };
}

const commands = fc.array(
  fc.record({
    ticketId: fc.constantFrom(...tickets),
    credentialId: fc.constantFrom(null, null, 'one-1', 'two-1', 'two-2', 'gone'),
    // Another phase, an older version, a stale answer; the others agree with the gate.
    phase: fc.constantFrom(0, 2, 2, 2),
    version: fc.constantFrom(2, 3, 4, 99),
  }),
  { maxLength: 12 },
);
const asCommands = (all: readonly { ticketId: string; credentialId: string | null }[]) =>
  all.map(
    (one, index) =>
      ({
        ...one,
        answer: one as unknown as LeasedStanding,
        reason: String(index),
        caller: { actor: { id: 'agent-1', roles: ['agent'] }, requestId: 'r', address: null },
        headers: {},
      }) as unknown as RevealCommand,
  );

describe('arbitrary reveals in one batch', () => {
  it('get the outcome that each would get alone, whatever is refused beside it', () => {
    fc.assert(
      fc.property(commands.map(asCommands), (all) => {
        const alone = all.map((command) => decide([command]).decided[0]);
        expect(decide(all).decided).toEqual(alone);
      }),
    );
  });

  it('are deferred only where they, or one of their ticket before them, need what another transaction has locked', () => {
    const locks = ['gate of one', 'log of one', 'log of without-a-gate', 'one-1', 'two-1', 'two-2'];
    fc.assert(
      fc.property(commands.map(asCommands), fc.subarray(locks), (all, locked) => {
        const free = decide(all).decided;
        const deferred = new Set<string>();
        const expected = all.map(({ ticketId, credentialId }, index) => {
          const wanted = stored.filter(
            (one) => one.ticketId === ticketId && (credentialId ?? one.id) === one.id,
          );
          const needed = [`gate of ${ticketId}`, `log of ${ticketId}`, ...wanted.map((w) => w.id)];
          if (needed.some((one) => locked.includes(one))) deferred.add(ticketId);
          return deferred.has(ticketId) ? 'deferred' : free[index];
        });
        expect(decide(all, locked).decided).toEqual(expected);
      }),
    );
  });

  it('leave chains that verify, with the entries of those that were permitted, in the order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(commands.map(asCommands), async (all) => {
        const { decisions, decided } = decide(all);
        for (const [ticketId, { added }] of decisions.chains) {
          expect(await faultOfNew(ticketId, added)).toBeUndefined();
          const expected = all.flatMap((command, index) => {
            const ids = decided[index];
            if (command.ticketId !== ticketId || !Array.isArray(ids)) return [];
            return ids.map((id) => [String(index), id]);
          });
          expect(
            added.map(({ entry: { reason, credentialId } }) => [reason, credentialId]),
          ).toEqual(expected);
        }
      }),
    );
  });

  it('are counted as often as their events are published', () => {
    fc.assert(
      fc.property(commands.map(asCommands), (all) => {
        const { decisions } = decide(all);
        const times = decisions.counts.reduce((sum, count) => sum + count.times, 0);
        expect(times).toBe(decisions.events.length);
      }),
    );
  });
});

describe('a credential that was taken long before it is shown', () => {
  const ago = (ms: number): Moment => ({
    monotonic: performance.now() - ms,
    timeOfDay: Date.now() - ms,
  });
  const taken = (begunAt: Moment) => {
    const wanted = { ticketId: 'one', credentialId: 'one-1', phase: 2, version: 3 };
    const [command] = asCommands([wanted]);
    const decision = prepare().decide(command as RevealCommand, begunAt);
    if (decision === 'deferred' || 'failed' in decision) throw new Error('nothing was taken');
    return decision.done.result[0] as Taken;
  };

  it('is shown until its time by the clock of the database, and not a moment later', () => {
    expect(hasExpired(taken(ago(599_000)))).toBe(false);
    expect(hasExpired(taken(ago(600_000)))).toBe(true);
  });
});
