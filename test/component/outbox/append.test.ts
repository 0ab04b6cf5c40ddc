import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { context, propagation } from '@opentelemetry/api';
import { append } from '#outbox';
import { anEvent, ConfirmingBroker, createHarness, type Harness } from './harness.js';
import { waitFor } from '../../support/wait-for.js';

let harness: Harness;

beforeAll(async () => {
  harness = await createHarness();
});
afterEach(async () => {
  propagation.disable();
  await harness.settle();
});
afterAll(async () => {
  await harness.close();
});

describe('append', () => {
  it('lets an event out once its transaction has committed, and not before', async () => {
    const broker = new ConfirmingBroker();
    harness.relay(broker.publish);
    const event = anEvent();
    const [other] = await harness.dataSource.transaction(async (tx) => {
      await append(tx, 'ticket.events', [event]);
      // Another event, committed meanwhile, goes out: so the relay has
      // looked, and has not seen ours.
      const ids = await harness.commit();
      await waitFor(() => broker.ids.length > 0);
      return ids;
    });
    await waitFor(() => broker.ids.length > 1);
    expect(broker.ids).toEqual([other, event.id]);
  });

  it('never lets out an event whose transaction was rolled back', async () => {
    const broker = new ConfirmingBroker();
    harness.relay(broker.publish);
    const doomed = harness.dataSource.transaction(async (tx) => {
      await append(tx, 'ticket.events', [anEvent()]);
      throw new Error('the business said no');
    });
    await expect(doomed).rejects.toThrow('the business said no');
    const [kept] = await harness.commit();
    await waitFor(async () => broker.ids.length > 0 && (await harness.unpublished()).length === 0);
    expect(broker.ids).toEqual([kept]);
  });

  it('hands the event on as it is, under its id and its type', async () => {
    const broker = new ConfirmingBroker();
    const event = anEvent();
    await append(harness.dataSource, 'credential.events', [event]);
    harness.relay(broker.publish);
    await waitFor(() => broker.confirmed.length > 0);
    const [message] = broker.confirmed;
    expect(message).toMatchObject({
      exchange: 'credential.events',
      routingKey: event.type,
      messageId: event.id,
    });
    expect(JSON.parse(String(message?.body))).toEqual(event);
  });

  it('begins a trace, which nobody records, where none caused the event', async () => {
    const broker = new ConfirmingBroker();
    await harness.commit();
    await harness.commit();
    harness.relay(broker.publish);
    await waitFor(() => broker.confirmed.length === 2);
    const begun = broker.confirmed.map(({ headers }) => headers.traceparent);
    expect(begun).toEqual([
      expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
      expect.not.stringMatching(String(begun[0])),
    ]);
  });

  it('carries the trace that caused the event', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    propagation.setGlobalPropagator({
      inject: (_context, carrier, setter) => {
        setter.set(carrier, 'traceparent', traceparent);
      },
      extract: () => context.active(),
      fields: () => ['traceparent'],
    });
    const broker = new ConfirmingBroker();
    await harness.commit();
    harness.relay(broker.publish);
    await waitFor(() => broker.confirmed.length > 0);
    expect(broker.confirmed[0]?.headers).toEqual({ traceparent });
  });

  it('keeps the order in which the events of one transaction were given', async () => {
    const broker = new ConfirmingBroker();
    const ids = await harness.commit(50);
    harness.relay(broker.publish);
    await waitFor(() => broker.ids.length === 50);
    expect(broker.ids).toEqual(ids);
  });

  it('refuses the same event twice', async () => {
    const event = anEvent();
    await append(harness.dataSource, 'ticket.events', [event]);
    await expect(append(harness.dataSource, 'ticket.events', [event])).rejects.toThrow(
      /duplicate key/,
    );
  });
});
