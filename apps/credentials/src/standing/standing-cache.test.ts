import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Standing } from '#contracts';
import { type GateState } from '../domain/gate.js';
import { StandingCache } from './standing-cache.js';

let tickets: Map<string, Standing>;
let gates: Map<string, GateState>;
let asked: (readonly string[])[];
/** Called after each question was answered, and before the answer arrives. */
let onTheWay: () => Promise<void>;

beforeEach(() => {
  tickets = new Map();
  gates = new Map();
  asked = [];
  onTheWay = () => Promise.resolve();
});

const known: Standing = {
  ticketId: 'T',
  status: 'open',
  version: 1,
  phase: 0,
  requesterId: 'ann',
  assigneeId: 'bob',
  home: '/tickets',
};
const standing = (change: Partial<Standing> = {}): Standing => ({ ...known, ...change });

function cache(leaseMs = 60_000): StandingCache {
  const source = {
    standings: async (ids: readonly string[]) => {
      asked.push(ids);
      const standing = {
        items: ids.flatMap((id) => tickets.get(id) ?? []),
        unknown: ids.filter((id) => !tickets.has(id) && id !== 'garbled'),
      };
      await onTheWay();
      return standing;
    },
  };
  return new StandingCache(source, () => Promise.resolve(new Map(gates)), leaseMs);
}

describe('an answer', () => {
  it('permits for one lease, counted from before the question was sent', async () => {
    tickets.set('T', standing());
    onTheWay = () => new Promise((resolve) => setTimeout(resolve, 30));
    const [short, long] = [cache(20), cache()];
    const [late, answer] = await Promise.all([short.fetch('T'), long.fetch('T')]);
    expect(late).toMatchObject({ version: 1 });
    expect(short.cached('T')).toBeUndefined();
    expect(long.cached('T')).toBe(answer);
  });

  it('is remembered by nobody who only checks', async () => {
    tickets.set('T', standing());
    const one = cache();
    await one.fetchUncached('T');
    expect(one.cached('T')).toBeUndefined();
  });

  it('is not remembered where news came while it was on its way', async () => {
    tickets.set('T', standing());
    const one = cache();
    onTheWay = () => {
      one.forget('T');
      return Promise.resolve();
    };
    await one.fetch('T');
    expect(one.cached('T')).toBeUndefined();
    onTheWay = () => Promise.resolve();
    await one.fetch('T');
    expect(one.cached('T')).toMatchObject({ version: 1 });
  });

  it('does not replace one that was asked for later and came sooner', async () => {
    tickets.set('T', standing());
    const one = cache();
    let arrive: () => void = () => undefined;
    onTheWay = () => new Promise((resolve) => (arrive = resolve));
    const slow = one.fetch('T');
    await new Promise(setImmediate);
    onTheWay = () => Promise.resolve();
    tickets.set('T', standing({ version: 2, assigneeId: null }));
    await one.fetch('T');
    arrive();
    await slow;
    expect(one.cached('T')).toMatchObject({ version: 2 });
  });
});

describe('a fault', () => {
  it.each([
    ['regressed', { phase: 2, version: 1 }],
    ['regressed', { phase: 0, version: 9 }],
    ['unknown', { phase: 0, version: 1 }],
  ] as const)(
    'is an answer that is %s for a gate of %j; it is asked for again first, and never remembered',
    async (kind, gate) => {
      if (kind === 'regressed') tickets.set('T', standing());
      gates.set('T', gate);
      const one = cache();
      await expect(one.fetch('T')).rejects.toMatchObject({
        name: 'StandingFault',
        ticketId: 'T',
        kind,
      });
      expect(asked).toHaveLength(2);
      expect(one.cached('T')).toBeUndefined();
    },
  );

  it('is none where the second answer is right', async () => {
    tickets.set('T', standing());
    gates.set('T', { phase: 2, version: 5 });
    onTheWay = () => {
      tickets.set('T', standing({ phase: 2, version: 5 }));
      return Promise.resolve();
    };
    await expect(cache().fetch('T')).resolves.toMatchObject({ version: 5 });
  });

  it('is none where an event moved the gate while both questions were on their way', async () => {
    tickets.set('T', standing());
    gates.set('T', { phase: 0, version: 2 });
    onTheWay = async () => {
      await new Promise(setImmediate);
      gates.set('T', { phase: 0, version: 9 });
      tickets.set('T', standing({ version: 2 }));
    };
    await expect(cache().fetch('T')).resolves.toMatchObject({ version: 2 });
  });

  it('takes away what was remembered', async () => {
    tickets.set('T', standing());
    const one = cache();
    await one.fetch('T');
    gates.set('T', { phase: 0, version: 5 });
    await expect(one.fetch('T')).rejects.toMatchObject({ kind: 'regressed' });
    expect(one.cached('T')).toBeUndefined();
  });

  it('in one answer leaves those that travelled with it alone', async () => {
    tickets.set('T', standing());
    const one = cache();
    const [good, bad] = await Promise.allSettled([one.fetch('T'), one.fetch('garbled')]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { version: 1 } });
    expect(bad).toMatchObject({ status: 'rejected', reason: { kind: 'unreadable' } });
  });
});

describe('a ticket', () => {
  it('that nobody knows does not exist', async () => {
    await expect(cache().fetch('T')).resolves.toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});
