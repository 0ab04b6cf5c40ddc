import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ConsumeResult,
  done,
  type MessagingMetrics,
  type PublishResult,
  reject,
  retry,
  routesExchange,
} from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { dead, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let consumer: TestConsumer;

const send = (messageId: string, body = '{}') =>
  broker.publish(exchange, 'thing.happened', body, { messageId });

beforeAll(async () => {
  broker = await TestBroker.open();
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(broker.url);
  await waitFor(() => broker.consumers(queue));
});
afterEach(() => consumer.close());
afterAll(async () => {
  await emptyQueues(broker);
  await broker.close();
});

describe('a handler', () => {
  it('that throws does not get the text of its error into a header', async () => {
    consumer.script.answer = () => Promise.reject(new Error('duplicate key (secret)'));
    await send('m-1');
    const { headers } = (await broker.take(dead)).properties;
    expect(headers).toMatchObject({ 'x-reason': 'the handler threw', 'x-attempts': 3 });
    expect(JSON.stringify(headers)).not.toContain('secret');
  });

  it('has its message acknowledged only after it has resolved', async () => {
    let finish = (): void => undefined;
    consumer.script.answer = () =>
      new Promise((resolve) => {
        finish = () => {
          resolve(done());
        };
      });
    await send('m-1');
    await waitFor(() => consumer.script.handled.length === 1);
    await consumer.connection.close();
    // Nothing was acknowledged yet, so the broker still has it.
    expect((await broker.take(queue)).properties.messageId).toBe('m-1');
    finish();
  });
});

describe('messages', () => {
  it('are handled at the same time, as many as the prefetch says, and no more', async () => {
    await consumer.close();
    consumer = await TestConsumer.start(broker.url, { prefetch: 3 });
    await send('first');
    await waitFor(() => consumer.script.handled.length === 1);
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    consumer.script.answer = () => finished.then(() => done());
    for (const id of ['m-1', 'm-2', 'm-3', 'm-4', 'm-5']) await send(id);
    await waitFor(() => consumer.script.handled.length >= 4);
    // The others are not even delivered.
    await waitFor(async () => (await broker.depth(queue)) === 2);
    expect(consumer.script.handled).toHaveLength(4);
    finish();
    await waitFor(() => consumer.script.handled.length === 6);
  });
});

describe('what a channel of the consumer cannot do', () => {
  it('closes that channel only: the next one consumes', async () => {
    let first = true;
    consumer.script.answer = () => done();
    await send('m-1');
    await waitFor(() => consumer.script.handled.length === 1);
    // Another binding of the queue is declared away under it, and the exchange comes back
    // with another type: 406 at the next set-up.
    await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
    await broker.act((channel) =>
      channel.assertExchange(routesExchange(queue), 'fanout', { durable: true }),
    );
    consumer.script.answer = () => (first ? ((first = false), retry('once')) : done());
    await send('m-2');
    await waitFor(() => consumer.script.ids().filter((id) => id === 'm-2').length === 1);
    await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
    await waitFor(() => consumer.script.ids().filter((id) => id === 'm-2').length === 2);
    await send('m-3');
    await waitFor(() => consumer.script.ids().includes('m-3'));
  });
});

describe('what is counted', () => {
  it('is every outcome, every publish, every dead letter and the connection', async () => {
    await consumer.close();
    const consumed: ConsumeResult[] = [];
    const published: PublishResult[] = [];
    const connected: boolean[] = [];
    let deadLetters = 0;
    const metrics: MessagingMetrics = {
      connected: (up) => connected.push(up),
      blocked: () => undefined,
      consumed: (_queue, result) => consumed.push(result),
      published: (_exchange, result) => published.push(result),
      deadLettered: () => (deadLetters += 1),
    };
    consumer = await TestConsumer.start(broker.url, {}, { metrics });
    consumer.script.answer = ({ context }) =>
      context.messageId === 'bad' ? reject('malformed') : done();
    await send('good');
    await broker.publish(exchange, 'thing.else', '{}', { messageId: 'other' });
    await send('bad');
    await waitFor(() => deadLetters === 1);
    await expect(consumer.connection.depth(dead)).resolves.toBe(1);
    await expect(consumer.connection.depth('test.no-such-queue')).resolves.toBeUndefined();
    await consumer.close();
    expect(consumed.sort()).toEqual(['done', 'ignored', 'reject']);
    expect(published).toEqual(['confirmed']);
    expect(connected).toEqual([true, false]);
  });
});
