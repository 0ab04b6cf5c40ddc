import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfirmedPublisher } from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let proxy: TcpProxy;
let consumer: TestConsumer;

const send = (messageId: string) => broker.publish(exchange, 'thing.happened', '{}', { messageId });

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(`${proxy.through(broker.url)}?heartbeat=1`, {
    drainMs: 1_000,
  });
  await waitFor(() => broker.consumers(queue));
});
afterEach(async () => {
  proxy.cut();
  proxy.restore();
  await consumer.close();
});
afterAll(async () => {
  await proxy.close();
  await emptyQueues(broker);
  await broker.close();
});

describe('a line that falls silent', () => {
  it('is given up after two missed heartbeats, and another one takes its place', async () => {
    proxy.freeze();
    await waitFor(() => consumer.connection.state === 'down');
    proxy.restore();
    await send('after');
    await waitFor(() => consumer.script.ids().includes('after'));
  });

  it('is given up within seconds, however seldom heartbeats are sent: nothing that is asked waits for them', async () => {
    await consumer.close();
    consumer = await TestConsumer.start(`${proxy.through(broker.url)}?heartbeat=60`, {
      drainMs: 1_000,
    });
    await waitFor(() => broker.consumers(queue));
    proxy.freeze();
    await waitFor(() => consumer.transport.active);
    await expect(consumer.connection.depth(queue)).rejects.toThrow('the broker does not answer');
    await waitFor(() => consumer.connection.state === 'down' && !consumer.transport.active);
    // The broker must miss its client too, before it gives anybody
    // else what it has sent there.
    proxy.cut();
    proxy.restore();
    await send('after');
    await waitFor(() => consumer.script.ids().includes('after'));
    await waitFor(() => consumer.transport.active);
  });

  it('fails what is being published, and holds up no close, long before it is given up', async () => {
    await consumer.close();
    consumer = await TestConsumer.start(`${proxy.through(broker.url)}?heartbeat=60`, {
      drainMs: 1_000,
    });
    await waitFor(() => broker.consumers(queue));
    const publisher = new ConfirmedPublisher(consumer.connection, {
      exchange,
      mandatory: false,
      timeoutMs: 200,
    });
    const publish = () =>
      publisher.publish({ routingKey: 'thing.other', messageId: 'x', body: Buffer.from('{}') });
    await waitFor(() =>
      publish()
        .then(() => true)
        .catch(() => false),
    );
    proxy.freeze();
    await expect(publish()).rejects.toThrow('not confirmed within 200 ms');
    await publisher.close();
    await consumer.close();
    expect(consumer.connection.state).toBe('down');
  });
});
