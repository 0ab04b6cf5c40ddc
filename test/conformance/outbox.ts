import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Batch, type Outbox, type OutboxEvent } from '#outbox';
import { waitFor } from '../support/wait-for.js';

/** One implementation of the outbox, empty. */
export interface OutboxUnderTest {
  readonly outbox: Outbox;
  /**
   * Appends as a business transaction does: what it appended counts when `work` resolves.
   */
  transaction<T>(
    work: (
      append: (exchange: string, events: readonly OutboxEvent[]) => Promise<void>,
    ) => Promise<T>,
  ): Promise<T>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const exchange = 'test.outbox';
const long = 600_000;
const short = 50;
const anEvent = () => ({
  id: randomUUID(),
  type: 'ticket.created',
  data: { text: 'ä "quoted" \u2028' },
});
const some = (batch: Batch) => batch.events.length > 0 && batch;
const ids = ({ events }: Batch) => events.map(({ id }) => id);
const seqs = ({ events }: Batch) => events.map(({ seq }) => seq);
const all = (batch: Batch) => ({ token: batch.token, seqs: seqs(batch) });
const failures = (batch: Batch, counts: boolean) =>
  seqs(batch).map((seq) => ({ seq, reason: 'no', counts }));

/**
 * What every outbox promises, whatever it is made of. To be called
 * in a `describe` of its own.
 */
export function outboxConformance(open: () => Promise<OutboxUnderTest>): void {
  let tested: OutboxUnderTest;
  const commit = async (count: number) => {
    const events = Array.from({ length: count }, anEvent);
    await tested.transaction((append) => append(exchange, events));
    return events.map(({ id }) => id);
  };
  const claimSoon = () => waitFor(async () => some(await tested.outbox.claim(100, long)));

  beforeAll(async () => {
    tested = await open();
  });
  beforeEach(() => tested.clear());
  afterAll(() => tested.close());

  describe('an event', () => {
    it('can be claimed once its transaction has committed, and not before', async () => {
      const event = anEvent();
      await tested.transaction(async (append) => {
        await append(exchange, [event]);
        expect(ids(await tested.outbox.claim(10, short))).toEqual([]);
      });
      expect(ids(await tested.outbox.claim(10, long))).toEqual([event.id]);
    });

    it('can never be claimed when its transaction was rolled back', async () => {
      const doomed = tested.transaction(async (append) => {
        await append(exchange, [anEvent()]);
        throw new Error('the business said no');
      });
      await expect(doomed).rejects.toThrow('the business said no');
      const [kept] = await commit(1);
      expect(ids(await tested.outbox.claim(10, long))).toEqual([kept]);
    });

    it('is handed over as it is, under its id, its type and its exchange, with a trace', async () => {
      const event = anEvent();
      await tested.transaction((append) => append('credential.events', [event]));
      const { events } = await tested.outbox.claim(10, long);
      expect(events).toMatchObject([
        { id: event.id, type: event.type, exchange: 'credential.events' },
      ]);
      expect([JSON.parse(events[0]!.body), events[0]!.headers.traceparent]).toEqual([
        event,
        expect.stringMatching(/^00-/),
      ]);
    });

    it('cannot be there twice', async () => {
      const event = anEvent();
      await tested.transaction((append) => append(exchange, [event]));
      await expect(tested.transaction((append) => append(exchange, [event]))).rejects.toThrow();
      expect(ids(await tested.outbox.claim(10, long))).toEqual([event.id]);
    });
  });

  describe('a claim', () => {
    it('takes the oldest, in their order, as many as it wants', async () => {
      const committed = [...(await commit(3)), ...(await commit(3))];
      expect(ids(await tested.outbox.claim(4, long))).toEqual(committed.slice(0, 4));
      expect(ids(await tested.outbox.claim(4, long))).toEqual(committed.slice(4));
    });

    it('shares no event with another one at the same moment', async () => {
      const committed = await commit(60);
      const batches = await Promise.all(
        Array.from({ length: 12 }, () => tested.outbox.claim(5, long)),
      );
      const claimed = batches.flatMap(ids);
      expect(new Set(claimed).size).toBe(claimed.length);
      // Those that found rows in another's hand did not wait for them: they
      // are there for the next one.
      claimed.push(...ids(await tested.outbox.claim(60, long)));
      expect(claimed.sort()).toEqual(committed.sort());
    });

    it('holds until its lease has run out, and then another one has it, under another token', async () => {
      const [id] = await commit(1);
      const first = await tested.outbox.claim(10, long / 1000);
      expect(ids(await tested.outbox.claim(10, long))).toEqual([]);
      expect(ids(first)).toEqual([id]);
      const second = await claimSoon();
      expect(ids(second)).toEqual([id]);
      expect(second.token).not.toBe(first.token);
    });

    it('that has run out is fenced: it can neither forget nor release what another one holds', async () => {
      await commit(2);
      const stale = await tested.outbox.claim(10, short);
      const current = await claimSoon();
      await expect(tested.outbox.remove(all(stale))).resolves.toBe(0);
      await tested.outbox.release(stale.token, failures(stale, false), long);
      expect(ids(await tested.outbox.claim(10, long, all(stale)))).toEqual([]);
      await expect(tested.outbox.remove(all(current))).resolves.toBe(2);
      await expect(tested.outbox.stats()).resolves.toEqual({
        depth: 0,
        oldestSeconds: 0,
        maxAttempts: 0,
      });
    });
  });

  describe('what was claimed', () => {
    it('is gone when it is removed, and nothing else is', async () => {
      const [first, second] = await commit(2);
      const batch = await tested.outbox.claim(1, short);
      expect(ids(batch)).toEqual([first]);
      await tested.outbox.remove(all(batch));
      expect(ids(await claimSoon())).toEqual([second]);
    });

    it('is gone with the next claim, which takes what else is due', async () => {
      const [first, second] = await commit(2);
      const batch = await tested.outbox.claim(1, long);
      expect(ids(batch)).toEqual([first]);
      expect(ids(await tested.outbox.claim(10, long, all(batch)))).toEqual([second]);
      await expect(tested.outbox.stats()).resolves.toMatchObject({ depth: 1 });
    });

    it('is gone with the next claim, and not claimed by it, though its lease has run out', async () => {
      await commit(2);
      const batch = await tested.outbox.claim(10, 0);
      expect(ids(await tested.outbox.claim(10, long, all(batch)))).toEqual([]);
      await expect(tested.outbox.stats()).resolves.toMatchObject({ depth: 0 });
    });

    it('is due again at once when it failed through no fault of its own, and is not counted', async () => {
      const committed = await commit(2);
      const batch = await tested.outbox.claim(10, long);
      await tested.outbox.release(batch.token, failures(batch, false), long);
      expect(ids(await tested.outbox.claim(10, long))).toEqual(committed);
      await expect(tested.outbox.stats()).resolves.toMatchObject({ depth: 2, maxAttempts: 0 });
    });

    it('waits when it failed, is counted, and is due again', async () => {
      const [failed, other] = await commit(2);
      const batch = await tested.outbox.claim(1, long);
      await tested.outbox.release(batch.token, failures(batch, true), long);
      expect(ids(await tested.outbox.claim(10, long))).toEqual([other]);
      await expect(tested.outbox.stats()).resolves.toMatchObject({ depth: 2, maxAttempts: 1 });
      expect(ids(await claimSoon())).toEqual([failed]);
    });

    it('never waits longer than it is told to', async () => {
      await commit(1);
      for (let failed = 0; failed < 12; failed++) {
        const batch = await claimSoon();
        await tested.outbox.release(batch.token, failures(batch, true), 10);
      }
      await expect(tested.outbox.stats()).resolves.toMatchObject({ maxAttempts: 12 });
    });
  });
}
