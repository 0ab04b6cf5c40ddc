import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BrokerConnection,
  BrokerUnavailableError,
  ConfirmedPublisher,
  PublishError,
  UnroutableError,
} from '#messaging';
import { connected, TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

const exchange = 'test.publisher';
const queue = 'test.publisher.queue';
let broker: TestBroker;
let proxy: TcpProxy;
let connection: BrokerConnection;
let publisher: ConfirmedPublisher;

const message = (messageId: string, routingKey = 'known') => ({
  routingKey,
  messageId,
  body: Buffer.from('{"a":1}'),
});
/** Publishes as soon as there is a channel. */
const whenReady = (messageId: string, by = publisher) =>
  waitFor(() =>
    by.publish(message(messageId)).then(
      () => true,
      () => false,
    ),
  );

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await broker.deleteQueues(queue);
  await broker.act(async (channel) => {
    await channel.assertExchange(exchange, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(queue, exchange, 'known');
  });
  connection = await connected(proxy.through(broker.url));
  publisher = new ConfirmedPublisher(connection, { exchange, mandatory: true });
  await whenReady('first');
  await broker.take(queue);
});
afterEach(async () => {
  proxy.restore();
  await publisher.close();
  await connection.close();
});
afterAll(async () => {
  await proxy.close();
  await broker.deleteQueues(queue);
  await broker.close();
});

describe('ConfirmedPublisher', () => {
  it('resolves when the message is stored: persistent, named by its event', async () => {
    await publisher.publish({ ...message('id-1'), headers: { traceparent: 'trace' } });
    const { properties, content } = await broker.take(queue);
    expect(content.toString()).toBe('{"a":1}');
    expect(properties).toMatchObject({
      messageId: 'id-1',
      deliveryMode: 2,
      contentType: 'application/cloudevents+json',
      headers: { traceparent: 'trace' },
    });
  });

  it('fails a message that no queue takes, although the broker acknowledges it, and only that one', async () => {
    const [known, unknown] = await Promise.allSettled([
      publisher.publish(message('a')),
      publisher.publish(message('b', 'unknown')),
    ]);
    expect(known.status).toBe('fulfilled');
    expect(unknown).toMatchObject({
      status: 'rejected',
      reason: new UnroutableError('no queue takes unknown'),
    });
  });

  it('copies what was stored to another exchange, and its listeners make nothing routable', async () => {
    const [copies, listener] = [`${exchange}.copies`, `${queue}.copies`];
    await broker.act(async (channel) => {
      await channel.assertExchange(copies, 'topic', { durable: true });
      await channel.assertQueue(listener, {
        durable: true,
        arguments: { 'x-queue-type': 'quorum' },
      });
      await channel.bindQueue(listener, copies, '#');
    });
    const copying = new ConfirmedPublisher(connection, {
      exchange,
      mandatory: true,
      copyTo: copies,
    });
    await whenReady('a', copying);
    await expect(copying.publish(message('b', 'unknown'))).rejects.toBeInstanceOf(UnroutableError);
    await copying.publish(message('c'));
    for (const messageId of ['a', 'c'])
      expect((await broker.take(listener)).properties).toMatchObject({ messageId });
    await copying.close();
    await broker.deleteQueues(listener);
  });

  it('takes an unroutable message where it is allowed to have no listener', async () => {
    const relaxed = new ConfirmedPublisher(connection, { exchange, mandatory: false });
    await waitFor(() =>
      relaxed.publish(message('c', 'unknown')).then(
        () => true,
        () => false,
      ),
    );
    await relaxed.close();
  });

  it('refuses a message for another exchange than its own', async () => {
    await expect(publisher.publish({ ...message('a'), exchange: 'another' })).rejects.toThrow(
      `this publisher is for ${exchange}`,
    );
    await publisher.publish({ ...message('b'), exchange });
  });

  it('fails what the broker refuses', async () => {
    const full = `${queue}.full`;
    await broker.deleteQueues(full);
    await broker.act(async (channel) => {
      await channel.assertQueue(full, {
        durable: true,
        arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
      });
      await channel.bindQueue(full, exchange, 'full');
    });
    const results = await Promise.allSettled(
      ['1', '2', '3', '4'].map((id) => publisher.publish(message(id, 'full'))),
    );
    await broker.deleteQueues(full);
    expect(results).toContainEqual(
      expect.objectContaining({ reason: new PublishError('not confirmed: message nacked') }),
    );
  });

  it('fails at once while the connection is down, and publishes again when it is back', async () => {
    proxy.down();
    await waitFor(() => connection.state === 'down');
    await expect(publisher.publish(message('lost'))).rejects.toThrow(BrokerUnavailableError);
    proxy.restore();
    await whenReady('back');
    expect((await broker.take(queue)).properties.messageId).toBe('back');
  });

  it('loses nothing that it confirmed while the line is cut again and again', async () => {
    const confirmed = new Set<string>();
    for (let round = 0; round < 5; round++) {
      await whenReady(`opening-${round}`);
      const ids = Array.from({ length: 40 }, (_, n) => `${round}-${n}`);
      const publishing = ids.map((id) =>
        publisher.publish(message(id)).then(
          () => confirmed.add(id),
          () => undefined,
        ),
      );
      setImmediate(() => {
        proxy.cut();
      });
      await Promise.all(publishing);
    }
    const stored = new Set<unknown>();
    for (let depth = await broker.depth(queue); depth > 0; depth--)
      stored.add((await broker.take(queue)).properties.messageId);
    expect([...confirmed].filter((id) => !stored.has(id))).toEqual([]);
  });

  it('opens a new channel after an error on its own', async () => {
    await broker.act((channel) => channel.deleteExchange(exchange));
    await expect(publisher.publish(message('gone'))).rejects.toThrow(PublishError);
    await waitFor(() =>
      publisher
        .publish(message('new', 'nobody'))
        .catch((error: unknown) => String(error).includes('no queue takes')),
    );
  });
});
