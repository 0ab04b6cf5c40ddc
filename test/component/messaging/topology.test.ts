import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { dead, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;

beforeAll(async () => {
  broker = await TestBroker.open();
});
beforeEach(async () => {
  await emptyQueues(broker);
  const consumer = await TestConsumer.start(broker.url);
  await waitFor(() => broker.consumers(queue));
  await consumer.close();
});
afterAll(async () => {
  await emptyQueues(broker);
  await broker.close();
});

/**
 * Takes the message without acknowledging it, and goes: what a process that
 * dies of a message does to it.
 */
const takeAndDie = () => broker.act(async (channel) => (await channel.get(queue)) !== false);

describe('the queues that a consumer declares', () => {
  it('keep what was published while nobody consumed', async () => {
    await broker.publish(exchange, 'thing.happened', '{}', { messageId: 'm-1' });
    await waitFor(async () => (await broker.depth(queue)) === 1);
  });

  it('set a message aside that takes its consumer down every time', async () => {
    await broker.publish(exchange, 'thing.happened', '{}', { messageId: 'deadly' });
    let deaths = 0;
    await waitFor(async () => {
      if (await takeAndDie()) deaths += 1;
      return (await broker.depth(dead)) === 1;
    });
    expect(deaths).toBe(21);
    const { properties } = await broker.take(dead);
    expect(properties).toMatchObject({
      messageId: 'deadly',
      headers: { 'x-first-death-queue': queue },
    });
    expect(properties.headers!['x-death']![0]).toMatchObject({ reason: 'delivery_limit' });
  });

  it('can be looked into for dead letters without using them up', async () => {
    await broker.publish('', dead, '{}', { messageId: 'kept' });
    for (let look = 0; look < 30; look++)
      await broker.act((channel) => waitFor(() => channel.get(dead)));
    expect((await broker.take(dead)).properties.messageId).toBe('kept');
  });
});
