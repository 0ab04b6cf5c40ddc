import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadLetters, done, reject } from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { dead, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let consumer: TestConsumer;
let letters: DeadLetters;

beforeAll(async () => {
  broker = await TestBroker.open();
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(broker.url);
  letters = new DeadLetters(consumer.connection, queue);
  await waitFor(() => broker.consumers(queue));
});
afterEach(() => consumer.close());
afterAll(async () => {
  await emptyQueues(broker);
  await broker.close();
});

const user = () => decodeURIComponent(new URL(broker.url).username);
const send = (messageId: string, more: { userId?: string; headers?: object } = {}) =>
  broker.publish(exchange, 'thing.happened', '{}', { messageId, ...more });

describe('dead letters', () => {
  it('are counted, and replayed as what they were, as first attempts', async () => {
    consumer.script.answer = () => reject('refused');
    await send('m-1', { userId: user() });
    await send('m-2');
    await waitFor(async () => (await broker.depth(dead)) === 2);
    consumer.script.answer = () => done();
    await expect(letters.replay()).resolves.toBe(2);
    const { handled } = consumer.script;
    await waitFor(() => handled.length === 4);
    expect(handled[2]!.context).toMatchObject({ messageId: 'm-1', type: 'thing.happened', attempt: 1, userId: user() });
    expect(handled[3]!.context).toMatchObject({ messageId: 'm-2', type: 'thing.happened', attempt: 1, userId: undefined });
    await waitFor(async () => (await broker.depth(dead)) === 0);
  });

  it('that fail again are not replayed for ever', async () => {
    consumer.script.answer = () => reject('refused');
    await send('m-1');
    await waitFor(async () => (await broker.depth(dead)) === 1);
    await expect(letters.replay()).resolves.toBe(1);
    await waitFor(async () => (await broker.depth(dead)) === 1 && consumer.script.handled.length === 2);
  });

  it('that the broker made at the delivery limit keep their type and user, and forge none', async () => {
    await consumer.close();
    await send('m-1', { userId: user(), headers: { 'x-type': 'thing.forged', 'x-user-id': 'admin', 'x-attempt': 3 } });
    // Every channel that goes away with the message unacknowledged is one delivery, as a crash would be.
    await waitFor(async () => {
      await broker.act((channel) => channel.get(queue));
      return (await broker.depth(dead)) === 1;
    });
    consumer = await TestConsumer.start(broker.url);
    letters = new DeadLetters(consumer.connection, queue);
    await waitFor(() => broker.consumers(queue));
    await letters.replay();
    const [handled] = await waitFor(() => consumer.script.handled.length > 0 && consumer.script.handled);
    expect(handled!.context).toMatchObject({ messageId: 'm-1', type: 'thing.happened', attempt: 1, userId: user() });
  });
});
