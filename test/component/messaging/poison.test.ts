import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Options } from 'amqplib';
import { setTimeout as sleep } from 'node:timers/promises';
import { done, reject, retry } from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { dead, emptyQueues, exchange, queue, Script, TestConsumer } from './harness.js';

let broker: TestBroker;
let proxy: TcpProxy;
let consumer: TestConsumer;

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(proxy.through(broker.url));
  await waitFor(() => broker.consumers(queue));
});
afterEach(() => consumer.close());
afterAll(async () => {
  await proxy.close();
  await emptyQueues(broker);
  await broker.close();
});

const send = (messageId: string, body: string | Buffer = '{}', options: Options.Publish = {}) =>
  broker.act((channel) => {
    channel.publish(exchange, 'thing.happened', Buffer.from(body as string), {
      persistent: true,
      messageId,
      ...options,
    });
    return Promise.resolve();
  });

describe('a message that cannot be copied as it is', () => {
  it.each<[string, Options.Publish]>([
    ['headers as long as a frame', { headers: { long: 'x'.repeat(65_400) } }],
    [
      'a table that looks like a type of the library',
      { headers: { odd: { '!': 'object', value: { '!': 'x' } } } },
    ],
    [
      'nothing, bytes, lists, tables',
      { headers: { a: null, b: Buffer.from([255]), c: [1, [2]], d: { e: { f: 1 } } } },
    ],
    ['a time at the end of time', { timestamp: 2 ** 63 }],
  ])('is kept all the same: %s', async (_, options) => {
    consumer.script.answer = () => reject('refused');
    await send('odd', '{"n":1}', {
      ...options,
      headers: { traceparent: 'trace', ...options.headers },
    });
    const { properties, content } = await broker.take(dead);
    expect(properties).toMatchObject({
      messageId: 'odd',
      headers: { 'x-reason': 'refused', traceparent: 'trace' },
    });
    expect(content.toString()).toBe('{"n":1}');
  });
});

describe('an event with its attributes in headers', () => {
  it('is the same one whenever it is tried again, a time among them', async () => {
    consumer.script.answer = ({ context }) => (context.attempt === 1 ? retry('not yet') : done());
    const headers = {
      cloudEvents_specversion: '1.0',
      cloudEvents_time: { '!': 'timestamp', value: 1_772_438_400 },
    };
    await send('m-1', '{"n":1}', { headers, contentType: 'application/json' });
    await waitFor(() => consumer.script.handled.length === 2);
    const event = {
      specversion: '1.0',
      time: '2026-03-02T08:00:00.000Z',
      datacontenttype: 'application/json',
      data: { n: 1 },
    };
    expect(consumer.script.handled.map(({ payload }) => payload)).toEqual([event, event]);
  });
});

describe('a body', () => {
  it('of more than 1 MiB is kept unparsed, whole, and blocks nothing behind it', async () => {
    const huge = JSON.stringify('x'.repeat(8 * 1024 * 1024));
    await send('huge', huge);
    await send('small');
    await waitFor(() => consumer.script.ids().includes('small'));
    expect(consumer.script.ids()).toEqual(['small']);
    const { properties, content } = await broker.take(dead);
    expect(properties.headers).toMatchObject({ 'x-reason': 'larger than 1 MiB' });
    expect(content).toHaveLength(huge.length);
  });

  it('that is not UTF-8 is kept, and nothing is made of it', async () => {
    await send('latin', Buffer.from('{"name":"J\u00fcrgen"}', 'latin1'));
    expect((await broker.take(dead)).properties.headers).toMatchObject({
      'x-reason': 'not JSON in UTF-8; encode it as UTF-8',
    });
    expect(consumer.script.ids()).toEqual([]);
  });
});

describe('a message that takes the process down', () => {
  it('is set aside alone: those that were in hand with it are done', async () => {
    const innocent = Array.from({ length: 9 }, (_, n) => `innocent-${n}`);
    const finished = new Set<unknown>();
    await consumer.close();
    for (const id of [...innocent.slice(0, 4), 'deadly', ...innocent.slice(4)]) await send(id);
    const script = new Script();
    script.answer = async ({ context }) => {
      // What the broker sees of a process that dies: its connections are gone,
      // with all that was in hand.
      if (context.messageId === 'deadly') proxy.cut();
      await sleep(20);
      finished.add(context.messageId);
      return done();
    };
    consumer = await TestConsumer.start(proxy.through(broker.url), {}, { script });
    await waitFor(async () => (await broker.depth(dead)) > 0, 110_000);
    await send('afterwards');
    await waitFor(() => finished.has('afterwards'));
    await waitFor(async () => (await broker.depth(queue)) === 0);
    expect((await broker.take(dead)).properties.messageId).toBe('deadly');
    await expect(broker.depth(dead)).resolves.toBe(0);
  }, 120_000);
});
