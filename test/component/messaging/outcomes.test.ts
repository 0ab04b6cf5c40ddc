import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, retry, retryQueue, unavailable } from '#messaging';
import { TestBroker, testBrokerUrl } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { dead, delays, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let consumer: TestConsumer;
let healthy = true;

/** The broker refuses a user id that is not the publisher's own. */
const user = decodeURIComponent(new URL(testBrokerUrl()).username);
const send = (
  messageId: string,
  body = '{"n":1}',
  more: { userId?: string; headers?: object } = {},
) => broker.publish(exchange, 'thing.happened', body, { messageId, ...more });
const handled = (count: number) =>
  waitFor(() => consumer.script.handled.length >= count && consumer.script.handled);

beforeAll(async () => {
  broker = await TestBroker.open();
});
beforeEach(async () => {
  await emptyQueues(broker);
  healthy = true;
  consumer = await TestConsumer.start(broker.url, { healthy: () => Promise.resolve(healthy) });
  await waitFor(() => broker.consumers(queue));
});
afterEach(() => consumer.close());
afterAll(async () => {
  await emptyQueues(broker);
  await broker.close();
});

describe('a handler', () => {
  it('gets the payload and what the broker vouches for', async () => {
    await send('m-1', '{"n":1}', { userId: user, headers: { traceparent: 'trace' } });
    const [first] = await handled(1);
    expect(first!.payload).toEqual({ n: 1 });
    expect(first!.context).toMatchObject({
      messageId: 'm-1',
      type: 'thing.happened',
      attempt: 1,
      redelivered: false,
      userId: user,
    });
    expect(first!.context.headers).toMatchObject({ traceparent: 'trace' });
  });

  it('cannot be told a forged attempt, type or user', async () => {
    await send('m-1', '{}', {
      headers: { 'x-attempt': 3, 'x-type': 'thing.forged', 'x-user-id': 'admin' },
    });
    const [first] = await handled(1);
    expect(first!.context).toMatchObject({ attempt: 1, type: 'thing.happened', userId: undefined });
  });
});

describe('a message', () => {
  it('that keeps failing is tried again with a count, and then kept with its reason', async () => {
    consumer.script.answer = ({ context }) => retry(`no luck ${context.attempt}`);
    await send('m-1', '{"n":7}', { userId: user, headers: { traceparent: 'trace' } });
    const { properties, content } = await broker.take(dead);
    expect(
      consumer.script.handled.map(({ context }) => [context.attempt, context.type, context.userId]),
    ).toEqual([
      [1, 'thing.happened', user],
      [2, 'thing.happened', user],
      [3, 'thing.happened', user],
    ]);
    // Each wait was in another queue, the next one longer.
    const waits = delays.map((seconds) => retryQueue(queue, seconds));
    expect(
      consumer.script.handled.map(({ context }) => context.headers['x-first-death-queue']),
    ).toEqual([undefined, ...waits]);
    expect(content.toString()).toBe('{"n":7}');
    expect(properties).toMatchObject({ messageId: 'm-1', deliveryMode: 2 });
    const { headers } = properties;
    expect(headers).toMatchObject({
      'x-reason': 'no luck 3',
      'x-attempts': 3,
      'x-type': 'thing.happened',
      traceparent: 'trace',
    });
    expect(Date.parse(headers!['x-last-failed-at'] as string)).toBeGreaterThan(
      Date.parse(headers!['x-first-failed-at'] as string),
    );
  });
});

describe('while the service cannot work', () => {
  it('consuming stops, no attempt is counted, and all is done when it can again', async () => {
    healthy = false;
    consumer.script.answer = () => (healthy ? done() : unavailable('no database'));
    await send('m-1');
    await waitFor(async () => (await broker.consumers(queue)) === 0);
    await send('m-2');
    // Both are back in the queue, and stay there: nobody asks for them.
    await waitFor(async () => (await broker.depth(queue)) === 2);
    expect(consumer.script.ids()).toEqual(['m-1']);
    healthy = true;
    await handled(3);
    expect(consumer.script.ids().sort()).toEqual(['m-1', 'm-1', 'm-2']);
    for (const { context } of consumer.script.handled) {
      expect(context).toMatchObject({ attempt: 1, type: 'thing.happened' });
      // The broker's own count, which ends in the dead letters, did not grow either.
      expect(context.headers['x-delivery-count'] ?? 0).toBe(0);
    }
  });
});
