import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrokerConnection, BrokerLockedError, DeadLetters, done, reject } from '#messaging';
import { connected, TestBroker } from '../../support/broker.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { ids, read } from './dead-letters.fixture.js';
import { dead, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let proxy: TcpProxy;
let consumer: TestConsumer;
let letters: DeadLetters;
let other: BrokerConnection | undefined;

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(broker.url);
  consumer.script.answer = () => reject('refused');
  letters = new DeadLetters(consumer.connection, queue);
  await waitFor(() => broker.consumers(queue));
});
afterEach(async () => {
  proxy.restore();
  await other?.close();
  other = undefined;
  await consumer.close();
});
afterAll(async () => {
  await proxy.close();
  await emptyQueues(broker);
  await broker.close();
});

const send = (messageId: string) => broker.publish(exchange, 'thing.happened', '{}', { messageId });
const buried = (count: number) => waitFor(async () => (await broker.depth(dead)) === count);

describe('going through dead letters', () => {
  it('is for one at a time: the second is told, and finds them all afterwards', async () => {
    for (const id of ['m-1', 'm-2']) await send(id);
    await buried(2);
    other = await connected(broker.url);
    const others = new DeadLetters(other, queue);
    await read(letters, async () => {
      await expect(read(others)).rejects.toThrow(BrokerLockedError);
    });
    expect(ids(await read(others))).toEqual(['m-1', 'm-2']);
  });

  it('may be broken off: nothing is lost, nothing changes its place', async () => {
    for (const id of ['m-1', 'm-2', 'm-3']) await send(id);
    await buried(3);
    for await (const letter of letters.read()) if (letter.id === 'm-2') break;
    expect(ids(await read(letters))).toEqual(['m-1', 'm-2', 'm-3']);
  });

  it('loses nothing when the process dies of it, and is open to the next one', async () => {
    for (const id of ['m-1', 'm-2', 'm-3']) await send(id);
    await buried(3);
    consumer.script.answer = () => done();
    other = await connected(proxy.through(broker.url));
    const dying = read(new DeadLetters(other, queue), async (letter) => {
      if (letter.id === 'm-2') await letter.replay();
      if (letter.id === 'm-3') proxy.cut();
      if (letter.id === 'm-3') letter.discard();
    });
    await dying.catch(() => undefined);
    await waitFor(async () => ids(await read(letters).catch(() => [])).join() === 'm-1,m-3');
    await waitFor(() => consumer.script.ids().filter((id) => id === 'm-2').length === 2);
  });
});
