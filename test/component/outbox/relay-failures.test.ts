import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Publish } from '#outbox';
import { ConfirmingBroker, createHarness, type Harness } from './harness.js';
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

describe('an event that cannot be published', () => {
  it('tries an event again until it is confirmed, counts, and keeps the reason meanwhile', async () => {
    const broker = new ConfirmingBroker();
    const [id] = await harness.commit();
    let taken = false;
    const publish: Publish = (message) =>
      taken ? broker.publish(message) : Promise.reject(new Error('nobody takes it'));
    harness.relay(publish);
    const waiting = await waitFor(async () =>
      (await owed()).find(({ attempts, lease_token }) => attempts > 1 && lease_token === null),
    );
    expect(waiting).toMatchObject({ id, last_error: 'nobody takes it' });
    taken = true;
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toEqual([id]);
  });

  it('waits longer after every failure of an event, up to a limit', async () => {
    const [id] = await harness.commit();
    const waits = async () =>
      (
        await harness.database.query<{ ms: number }>(
          'SELECT (extract(epoch FROM next_attempt_at - now()) * 1000)::float8 AS ms FROM outbox',
        )
      )[0]!.ms;
    const after = async (attempts: number) => {
      await harness.database.query(
        'UPDATE outbox SET attempts = $1, next_attempt_at = now(), lease_until = NULL',
        [attempts],
      );
      const relay = harness.relay(() => Promise.reject(new Error('no')), {
        maxRetryDelayMs: 60_000,
      });
      await waitFor(async () => (await owed())[0]?.attempts === attempts + 1);
      await relay.stop();
      return waits();
    };
    const [early, late, capped] = [await after(2), await after(5), await after(1_000)];
    // Of 250 ms, doubled per attempt, between a half and the whole.
    expect(late).toBeGreaterThan(early + 2_000);
    expect(capped).toBeGreaterThan(late + 20_000);
    expect(capped).toBeLessThanOrEqual(60_000);
    expect((await owed())[0]?.id).toBe(id);
  });

  it('lets nothing wait behind an event that nobody takes', async () => {
    const broker = new ConfirmingBroker();
    const [bad] = await harness.commit();
    const relay = harness.relay(
      (message) =>
        message.messageId === bad
          ? Promise.reject(new Error('unroutable'))
          : broker.publish(message),
      longPoll,
    );
    await waitFor(async () => (await owed())[0]?.attempts === 1);
    const good = await harness.commit(5);
    relay.wake();
    const left = await waitFor(async () => {
      const rows = await owed();
      return rows.length === 1 && rows;
    });
    expect(left).toMatchObject([{ id: bad, attempts: 1 }]);
    expect(broker.ids).toEqual(good);
  });
});
