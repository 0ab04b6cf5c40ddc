import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrokerConnection, ConfirmedPublisher } from '#messaging';
import { createHarness, exchange, type Harness } from './harness.js';
import { connected, TestBroker } from '../../support/broker.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';

const queue = 'test.outbox.v1';
let harness: Harness;
let broker: TestBroker;
let proxy: TcpProxy;
let connection: BrokerConnection;
let publisher: ConfirmedPublisher;

const bind = () => broker.act((channel) => channel.bindQueue(queue, exchange, '#'));
const relay = () => harness.relay((message) => publisher.publish(message));

beforeAll(async () => {
  harness = await createHarness();
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await broker.deleteQueues(queue);
  await broker.act(async (channel) => {
    await channel.assertExchange(exchange, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  });
  connection = await connected(proxy.through(broker.url));
  publisher = new ConfirmedPublisher(connection, { exchange, mandatory: true });
});
afterEach(async () => {
  proxy.restore();
  await harness.settle();
  await publisher.close();
  await connection.close();
});
afterAll(async () => {
  await broker.deleteQueues(queue);
  await proxy.close();
  await broker.close();
  await harness.close();
});

/** Takes what is in the queue. */
async function arrived(): Promise<unknown[]> {
  const ids: unknown[] = [];
  for (let depth = await broker.depth(queue); depth > 0; depth--)
    ids.push((await broker.take(queue)).properties.messageId);
  return ids;
}

describe('an outbox over RabbitMQ', () => {
  it('keeps an event that no queue takes, although the broker acknowledges it, until one does', async () => {
    const [id] = await harness.commit();
    relay();
    await waitFor(async () =>
      (await harness.unpublished())[0]?.last_error?.startsWith('no queue takes'),
    );
    await bind();
    await waitFor(async () => (await harness.unpublished()).length === 0);
    await expect(arrived()).resolves.toEqual([id]);
  });

  it('publishes everything once the broker is back, and blames no event for the outage', async () => {
    await bind();
    proxy.down();
    await waitFor(() => connection.state === 'down');
    const ids = await harness.commit(150);
    const relaying = relay();
    await waitFor(async () =>
      (await harness.unpublished()).some(({ last_error }) => last_error !== null),
    );
    expect((await relaying.stats()).maxAttempts).toBe(0);
    proxy.restore();
    await waitFor(async () => (await harness.unpublished()).length === 0);
    expect((await arrived()).sort()).toEqual(ids.sort());
  });

  it('loses nothing while the line is cut again and again', async () => {
    await bind();
    const ids = await harness.commit(400);
    relay();
    for (let cuts = 0; cuts < 5; cuts++) {
      proxy.cut();
      await waitFor(() => connection.state === 'up');
    }
    await waitFor(async () => (await harness.unpublished()).length === 0);
    expect([...new Set(await arrived())].sort()).toEqual(ids.sort());
  });
});
