import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Batch, SqlOutbox } from '#outbox';
import { type Sql } from '#postgres';
import { ConfirmingBroker, createHarness, gate, type Harness } from './harness.js';
import { waitFor } from '../../support/wait-for.js';

let harness: Harness;
const owed = () => harness.unpublished();

beforeAll(async () => {
  harness = await createHarness();
});
afterEach(async () => {
  await harness.settle();
});
afterAll(async () => {
  await harness.close();
});

const longPoll = { pollMs: 600_000 };

describe('OutboxRelay', () => {
  it('forgets an event when it is confirmed', async () => {
    const broker = new ConfirmingBroker();
    await harness.commit(3);
    harness.relay(broker.publish);
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toHaveLength(3);
  });

  it('empties a full outbox batch after batch, without waiting in between', async () => {
    const broker = new ConfirmingBroker();
    await harness.commit(95);
    harness.relay(broker.publish, { ...longPoll, batchSize: 10 });
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toHaveLength(95);
  });

  it('finds what nobody woke it for', async () => {
    const broker = new ConfirmingBroker();
    harness.relay(broker.publish);
    await harness.commit();
    await waitFor(() => broker.ids.length === 1);
  });

  it('publishes at once when it is woken after the commit', async () => {
    const broker = new ConfirmingBroker();
    const relay = harness.relay(broker.publish, longPoll);
    await harness.commit();
    relay.wake();
    await waitFor(() => broker.ids.length === 1);
    await harness.commit();
    relay.wake();
    await waitFor(() => broker.ids.length === 2);
  });

  it('remembers a wake that comes while it is publishing', async () => {
    const broker = new ConfirmingBroker();
    const first = gate();
    let publishing = 0;
    const relay = harness.relay(async (message) => {
      if (publishing++ === 0) await first.passed;
      await broker.publish(message);
    }, longPoll);
    await harness.commit();
    relay.wake();
    await waitFor(() => publishing === 1);
    await harness.commit();
    relay.wake();
    first.open();
    await waitFor(() => broker.ids.length === 2);
  });

  it('remembers a wake that comes while the outbox answers', async () => {
    const broker = new ConfirmingBroker();
    class Committing extends SqlOutbox {
      private looks = 0;

      override async claim(...wanted: Parameters<SqlOutbox['claim']>): Promise<Batch> {
        const batch = await super.claim(...wanted);
        if (this.looks++ === 0) {
          await harness.commit();
          relay.wake();
        }
        return batch;
      }
    }
    const relay = harness.relay(broker.publish, {
      ...longPoll,
      outbox: new Committing(harness.dataSource),
    });
    await waitFor(() => broker.ids.length === 1);
  });

  it('looks twice for a batch, however often it is woken meanwhile: to claim it, and to remove it', async () => {
    const held = gate();
    let [publishing, looks] = [0, 0];
    const counting: Sql = {
      query: <T>(statement: string, parameters?: unknown[]): Promise<T> => {
        looks += 1;
        return harness.dataSource.query<T>(statement, parameters);
      },
    };
    await harness.commit(3);
    const relay = harness.relay(
      async () => {
        publishing += 1;
        await held.passed;
      },
      { ...longPoll, outbox: new SqlOutbox(counting) },
    );
    await waitFor(() => publishing === 3);
    for (let wakes = 0; wakes < 5; wakes++) relay.wake();
    held.open();
    await waitFor(async () => (await owed()).length === 0);
    await harness.database.query('SELECT pg_sleep(0.1)');
    expect(looks).toBe(2);
  });

  it('publishes the events of a batch together', async () => {
    const all = gate();
    let publishing = 0;
    await harness.commit(20);
    harness.relay(async () => {
      publishing += 1;
      await all.passed;
    });
    await waitFor(() => publishing === 20);
    all.open();
    await waitFor(async () => (await owed()).length === 0);
  });

  it('when it is stopped, finishes the batch in hand, publishes what was committed meanwhile, and claims nothing after that', async () => {
    const broker = new ConfirmingBroker();
    const first = gate();
    let publishing = 0;
    const relay = harness.relay(async (message) => {
      publishing += 1;
      await first.passed;
      await broker.publish(message);
    }, longPoll);
    const ids = await harness.commit();
    relay.wake();
    await waitFor(() => publishing === 1);
    const stopped = relay.stop();
    ids.push(...(await harness.commit()));
    first.open();
    await stopped;
    expect(broker.ids).toEqual(ids);
    await harness.commit();
    relay.wake();
    await harness.database.query('SELECT pg_sleep(0.1)');
    await expect(owed()).resolves.toHaveLength(1);
  });

  it('does not wait longer than it is told to for a publisher that hangs', async () => {
    let publishing = false;
    const relay = harness.relay(async () => {
      publishing = true;
      await gate().passed;
    });
    await harness.commit();
    await waitFor(() => publishing);
    await relay.stop(20);
    await expect(owed()).resolves.toHaveLength(1);
  });

  it('tells how much is owed, since when, and how often it was tried', async () => {
    const relay = harness.relay(() => Promise.reject(new Error('no')), { maxRetryDelayMs: 10 });
    await expect(relay.stats()).resolves.toEqual({ depth: 0, oldestSeconds: 0, maxAttempts: 0 });
    await harness.commit(2);
    await harness.database.query(
      `UPDATE outbox
       SET created_at = now() - interval '1 hour'
       WHERE seq = (SELECT min(seq) FROM outbox)`,
    );
    await waitFor(async () => (await relay.stats()).maxAttempts > 1);
    const stats = await relay.stats();
    expect(stats.depth).toBe(2);
    expect(Math.floor(stats.oldestSeconds / 60)).toBe(60);
  });
});
