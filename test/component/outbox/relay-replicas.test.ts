import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
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

describe('a relay that dies', () => {
  it('between the confirm and the delete: the event is published again under the same id', async () => {
    const broker = new ConfirmingBroker();
    const [id] = await harness.commit();
    const dying: Sql = {
      query: <T>(statement: string, parameters?: unknown[]): Promise<T> =>
        broker.ids.length > 0
          ? gate().passed.then(() => [] as T)
          : harness.dataSource.query<T>(statement, parameters),
    };
    const first = harness.relay(broker.publish, { outbox: new SqlOutbox(dying), leaseMs: 200 });
    await waitFor(() => broker.ids.length === 1);
    await first.stop(1);
    harness.relay(broker.publish);
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toEqual([id, id]);
  });

  it('with events in hand: another one publishes them when the lease has run out', async () => {
    const broker = new ConfirmingBroker();
    const ids = await harness.commit(5);
    const first = harness.relay(() => gate().passed, { leaseMs: 200 });
    await waitFor(async () => (await owed()).every(({ lease_token }) => lease_token !== null));
    await first.stop(1);
    harness.relay(broker.publish);
    await waitFor(async () => (await owed()).length === 0);
    expect(broker.ids).toEqual(ids);
  });
});

describe('relays that share an outbox', () => {
  it('publish every event once, and all of them work', async () => {
    const [one, two] = [new ConfirmingBroker(), new ConfirmingBroker()];
    const ids = await harness.commit(400);
    // One of them may have to connect first, and would find nothing left to do.
    const begun = new Set<ConfirmingBroker>();
    const both = gate();
    for (const broker of [one, two])
      harness.relay(
        async (message) => {
          if (begun.add(broker).size === 2) both.open();
          await both.passed;
          await broker.publish(message);
        },
        { batchSize: 10 },
      );
    await waitFor(async () => (await owed()).length === 0);
    expect([...one.ids, ...two.ids].sort()).toEqual(ids.sort());
  });

  it('do not wait for the rows that another one is claiming', async () => {
    const broker = new ConfirmingBroker();
    const [claimed] = await harness.commit();
    const others = await harness.commit(3);
    await harness.dataSource.transaction(async (tx) => {
      await tx.query('SELECT FROM outbox WHERE id = $1 FOR UPDATE', [claimed]);
      harness.relay(broker.publish);
      await waitFor(() => broker.ids.length === 3);
    });
    expect(broker.ids.slice(0, 3)).toEqual(others);
  });

  it('do not wait for each other where both have delivered what they hold no lease of any more', async () => {
    const { database, dataSource } = harness;
    const outbox = new SqlOutbox(dataSource);
    await harness.commit(2);
    const batches = [await outbox.claim(1, 10_000), await outbox.claim(1, 10_000)];
    await database.query('UPDATE outbox SET lease_until = clock_timestamp()');
    // Whoever claims what the other has delivered does so before either goes on.
    await database.query(`
      CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$;
      CREATE TRIGGER wait BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION wait()`);
    let done = 0;
    const claims = await dataSource.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(1)');
      const begun = batches.map(async ({ token, events }) => {
        const confirmed = { token, seqs: events.map(({ seq }) => seq) };
        const claimed = await outbox.claim(1, 10_000, confirmed);
        done += 1;
        return claimed.events.map(({ id }) => id);
      });
      const waiting = 'SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()';
      await waitFor(async () => done + (await database.query(waiting)).length === batches.length);
      return begun;
    });
    const claimed = (await Promise.all(claims)).flat();
    expect((await owed()).map(({ id }) => id)).toEqual(claimed);
  });

  it("go by the database's clock: one whose own is a day fast takes nothing that another holds", async () => {
    const held = gate();
    let holding = false;
    const fast = new ConfirmingBroker();
    await harness.commit();
    const holder = harness.relay(async () => {
      holding = true;
      await held.passed;
    });
    await waitFor(() => holding);
    const clock = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => performance.timeOrigin + performance.now() + 86_400_000);
    try {
      harness.relay(fast.publish);
      const [later] = await harness.commit();
      await waitFor(() => fast.ids.length > 0);
      expect(fast.ids).toEqual([later]);
    } finally {
      clock.mockRestore();
      held.open();
      await holder.stop();
    }
  });

  it('are fenced: one that was paused past its lease can neither forget nor release what another holds by now', async () => {
    const [paused, successor] = [gate(), gate()];
    let publishing = '';
    await harness.commit(2);
    // Of its two events one will be confirmed and one will fail, so that it tries to
    // forget the one and to release the other.
    let second = false;
    const late: Publish = async () => {
      const fails = second;
      second = true;
      publishing = 'late';
      await paused.passed;
      if (fails) throw new Error('too late to matter');
    };
    const stale = harness.relay(late, { leaseMs: 200 });
    await waitFor(() => publishing === 'late');
    harness.relay(async () => {
      publishing = 'successor';
      await successor.passed;
    });
    await waitFor(() => publishing === 'successor');
    const held = await owed();
    paused.open();
    await stale.stop();
    await expect(owed()).resolves.toEqual(held);
    successor.open();
    await waitFor(async () => (await owed()).length === 0);
  });
});
