import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Publish, SqlOutbox } from '#outbox';
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

const brokerAway = Object.assign(new Error('the broker cannot be reached'), { brokerAway: true });

describe('while the broker is away', () => {
  it('no event is blamed or made to wait, and one at a time is risked', async () => {
    const broker = new ConfirmingBroker();
    let away = true;
    let tries = 0;
    const ids = await harness.commit(250);
    harness.relay(
      (message) => (away ? (tries++, Promise.reject(brokerAway)) : broker.publish(message)),
      { batchSize: 100 },
    );
    await waitFor(() => tries > 100 + 3);
    // The first batch found out; since then there was one event to a turn.
    expect(tries).toBeLessThan(150);
    const waiting = 'SELECT FROM outbox WHERE attempts > 0 OR next_attempt_at > now()';
    await expect(harness.database.query(waiting)).resolves.toEqual([]);
    away = false;
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toEqual(ids);
  });

  it('the relay stops without another try', async () => {
    let tries = 0;
    await harness.commit();
    const relay = harness.relay(() => (tries++, Promise.reject(brokerAway)));
    await waitFor(() => tries === 4);
    await relay.stop();
    expect(tries).toBe(4);
  });

  it('a wake does not make the relay try more often', async () => {
    let tries = 0;
    await harness.commit();
    const relay = harness.relay(() => (tries++, Promise.reject(brokerAway)));
    await waitFor(() => tries === 4);
    relay.wake();
    await harness.database.query('SELECT pg_sleep(0.3)');
    expect(tries).toBe(4);
  });
});

describe('while the database is away', () => {
  it('the relay goes on trying, and publishes when it is back', async () => {
    const broker = new ConfirmingBroker();
    let away = true;
    let tries = 0;
    const flaky: Sql = {
      query: <T>(statement: string, parameters?: unknown[]): Promise<T> => {
        tries += 1;
        return away
          ? Promise.reject(new Error('Connection terminated'))
          : harness.dataSource.query<T>(statement, parameters);
      },
    };
    await harness.commit();
    harness.relay(broker.publish, { outbox: new SqlOutbox(flaky) });
    await waitFor(() => tries > 2);
    away = false;
    await waitFor(() => broker.ids.length === 1);
  });

  it('survives losing its connections in the middle of a batch', async () => {
    const broker = new ConfirmingBroker();
    const held = gate();
    let publishing = false;
    await harness.commit(3);
    const publish: Publish = async (message) => {
      publishing = true;
      await held.passed;
      await broker.publish(message);
    };
    harness.relay(publish, { leaseMs: 200 });
    await waitFor(() => publishing);
    await harness.database.query(
      `SELECT pg_terminate_backend(pid)
       FROM pg_stat_activity
       WHERE datname = current_database()
         AND pid <> pg_backend_pid()`,
    );
    held.open();
    await waitFor(async () => (await owed()).length === 0);
    expect(new Set(broker.ids).size).toBe(3);
  });
});
