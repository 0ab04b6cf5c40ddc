import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type HeldDeadLetter, DeadLetters, done, reject, routesExchange } from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { ids, read } from './dead-letters.fixture.js';
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
  consumer.script.answer = () => reject('refused');
  letters = new DeadLetters(consumer.connection, queue);
  await waitFor(() => broker.consumers(queue));
});
afterEach(() => consumer.close());
afterAll(async () => {
  await emptyQueues(broker);
  await broker.close();
});

const user = () => decodeURIComponent(new URL(broker.url).username);
const send = (
  messageId: string | undefined,
  body = '{}',
  more: { userId?: string; headers?: object } = {},
) =>
  broker.publish(exchange, 'thing.happened', body, {
    ...(messageId !== undefined && { messageId }),
    ...more,
  });
const buried = (count: number) => waitFor(async () => (await broker.depth(dead)) === count);

const replay = (letter: HeldDeadLetter) => letter.replay();

describe('dead letters', () => {
  it('are read with their reason, their times and their attempts', async () => {
    for (const id of ['m-1', 'm-2', 'm-3'])
      await send(id, '{"n":1}', { headers: { traceparent: 'trace' } });
    await buried(3);
    const [first] = await read(letters);
    expect(first).toMatchObject({
      queue,
      type: 'thing.happened',
      reason: 'refused',
      attempts: 1,
      headers: { traceparent: 'trace' },
    });
    expect(first!.body.toString()).toBe('{"n":1}');
    expect(Date.parse(first!.firstFailedAt!)).not.toBeNaN();
    expect(first!.lastFailedAt).toBe(first!.firstFailedAt);
  });

  it('are all there, in their order, as often as one looks', async () => {
    const all = Array.from({ length: 100 }, (_, n) => `m-${n}`);
    for (const id of all) await send(id);
    await buried(all.length);
    const order = ids(await read(letters));
    expect([...order].sort()).toEqual([...all].sort());
    for (let look = 0; look < 10; look++) expect(ids(await read(letters))).toEqual(order);
  });

  it('are replayed as what they were, as first attempts', async () => {
    await send('m-1', '{}', { userId: user() });
    await send('m-2');
    await buried(2);
    consumer.script.answer = () => done();
    await expect(read(letters, replay)).resolves.toHaveLength(2);
    const { handled } = consumer.script;
    await waitFor(() => handled.length === 4);
    expect(handled[2]!.context).toMatchObject({
      messageId: 'm-1',
      type: 'thing.happened',
      attempt: 1,
      userId: user(),
    });
    expect(handled[3]!.context).toMatchObject({
      messageId: 'm-2',
      type: 'thing.happened',
      attempt: 1,
      userId: undefined,
    });
    await buried(0);
  });

  it('that fail again at once are not replayed for ever', async () => {
    consumer.script.answer = () =>
      consumer.script.handled.length < 4 ? reject('refused') : done();
    await send('m-1');
    await buried(1);
    const seen = await read(letters, async (letter) => {
      await letter.replay();
      // It is back before the next one is asked for.
      await buried(1);
    });
    expect(seen).toHaveLength(1);
    expect(consumer.script.handled).toHaveLength(2);
  });

  it('are replayed and discarded one by one: the others stay, in their order', async () => {
    for (const id of ['m-1', 'm-2', 'm-3', 'm-4']) await send(id);
    await buried(4);
    consumer.script.answer = () => done();
    await read(letters, async (letter) => {
      if (letter.id === 'm-2') await letter.replay();
      if (letter.id === 'm-3') letter.discard();
    });
    await waitFor(() => consumer.script.ids().filter((id) => id === 'm-2').length === 2);
    expect(ids(await read(letters))).toEqual(['m-1', 'm-4']);
    expect(consumer.script.ids().filter((id) => id === 'm-3')).toHaveLength(1);
  });

  it('stay what they are when their queue cannot be reached', async () => {
    await send('m-1');
    await buried(1);
    await broker.act((channel) => channel.unbindQueue(queue, routesExchange(queue), queue));
    await expect(read(letters, replay)).rejects.toThrow(`no queue takes ${queue}`);
    expect(ids(await read(letters))).toEqual(['m-1']);
  });

  it('that the broker made at the delivery limit say so, keep their type and user, and forge none', async () => {
    await consumer.close();
    const forged = {
      'x-type': 'thing.forged',
      'x-user-id': 'admin',
      'x-attempt': 3,
      'x-reason': 'forged',
      'x-attempts': 9,
    };
    await send('m-1', '{}', { userId: user(), headers: forged });
    // Every channel that goes away with the message unacknowledged is one
    // delivery, as a crash would be.
    await waitFor(async () => {
      await broker.act((channel) => channel.get(queue));
      return (await broker.depth(dead)) === 1;
    });
    consumer = await TestConsumer.start(broker.url);
    letters = new DeadLetters(consumer.connection, queue);
    await waitFor(() => broker.consumers(queue));
    const [letter] = await read(letters, replay);
    expect(letter).toMatchObject({
      type: 'thing.happened',
      attempts: 1,
      reason: expect.stringContaining('takes the consumer down'),
    });
    expect(Date.parse(letter!.lastFailedAt!)).not.toBeNaN();
    const [handled] = await waitFor(
      () => consumer.script.handled.length > 0 && consumer.script.handled,
    );
    expect(handled!.context).toMatchObject({
      messageId: 'm-1',
      type: 'thing.happened',
      attempt: 1,
      userId: user(),
    });
  });

  it('that nobody gave an id have one by which they are found again', async () => {
    for (const body of ['{"n":1}', '{"n":2}'])
      await broker.publish(routesExchange(queue), dead, body);
    await buried(2);
    const [first, second] = ids(await read(letters));
    expect(first).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    expect(ids(await read(letters))).toEqual([first, second]);
  });
});
