import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfirmedPublisher, done, retry, retryQueue } from '#messaging';
import { connected, TestBroker } from '../../support/broker.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { dead, delays, emptyQueues, exchange, queue, TestConsumer } from './harness.js';

let broker: TestBroker;
let proxy: TcpProxy;
let consumer: TestConsumer;

const send = (messageId: string) => broker.publish(exchange, 'thing.happened', '{}', { messageId });
/** Resolves when the queue has it. */
async function sendConfirmed(messageId: string): Promise<void> {
  const connection = await connected(broker.url);
  const publisher = new ConfirmedPublisher(connection, { exchange, mandatory: true });
  const message = { routingKey: 'thing.happened', messageId, body: Buffer.from('{}') };
  // At first it has no channel.
  await waitUntilPasses(() => publisher.publish(message));
  await publisher.close();
  await connection.close();
}
const consuming = () => waitFor(() => broker.consumers(queue));
/** A promise to be resolved from outside. */
const latch = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    opened,
    open: () => {
      open();
    },
  };
};

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
beforeEach(async () => {
  await emptyQueues(broker);
  consumer = await TestConsumer.start(proxy.through(broker.url));
  await consuming();
});
afterEach(async () => {
  proxy.restore();
  await consumer.close();
});
afterAll(async () => {
  await proxy.close();
  await emptyQueues(broker);
  await broker.close();
});

describe('a consumer', () => {
  it('consumes again after its queue was deleted', async () => {
    await broker.deleteQueues(queue);
    await consuming();
    await send('after');
    await waitFor(() => consumer.script.ids().includes('after'));
  });

  it('puts a message where it belongs although the retry queue was deleted', async () => {
    consumer.script.answer = ({ context }) => (context.attempt === 1 ? retry('once') : done());
    await broker.deleteQueues(...delays.map((seconds) => retryQueue(queue, seconds)));
    await send('m-1');
    await waitFor(() => consumer.script.handled.some(({ context }) => context.attempt === 2));
  });

  it('loses nothing while the line is cut again and again', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `m-${n}`);
    const finished = new Set<unknown>();
    consumer.script.answer = async ({ context }) => {
      await new Promise((resolve) => setImmediate(resolve));
      const again = finished.has(context.messageId);
      finished.add(context.messageId);
      if (!again && finished.size % 20 === 0) proxy.cut();
      return done();
    };
    for (const id of ids) await send(id);
    await waitFor(() => finished.size === ids.length);
    await waitFor(
      async () => (await broker.consumers(queue)) > 0 && (await broker.depth(queue)) === 0,
    );
    await expect(broker.depth(dead)).resolves.toBe(0);
  });

  it('does not acknowledge on a later channel what an earlier one delivered', async () => {
    const { opened, open } = latch();
    consumer.script.answer = async () => {
      await opened;
      return done();
    };
    await send('m-1');
    await waitFor(() => consumer.script.handled.length === 1);
    proxy.cut();
    await waitFor(() => consumer.script.handled.length === 2);
    expect(consumer.script.handled[1]!.context).toMatchObject({
      messageId: 'm-1',
      redelivered: true,
      attempt: 1,
    });
    open();
    await consumer.close();
    await expect(broker.depth(queue)).resolves.toBe(0);
  });

  it('binds its queue again when somebody has deleted the exchange', async () => {
    await consumer.close();
    consumer = await TestConsumer.start(broker.url, { redeclareMs: 200 });
    await consuming();
    await broker.act((channel) => channel.deleteExchange(exchange));
    await waitFor(() => send('m-1').then(() => consumer.script.ids().includes('m-1')));
  });

  it('starts without the broker, and consumes when it is there', async () => {
    await consumer.close();
    proxy.down();
    consumer = await TestConsumer.start(proxy.through(broker.url));
    expect(consumer.connection.state).toBe('down');
    await send('early');
    proxy.restore();
    await waitFor(() => consumer.script.ids().includes('early'));
  });
});

describe('closing a consumer', () => {
  it('waits for the handlers at work, and takes nothing new', async () => {
    const { opened, open } = latch();
    consumer.script.answer = async () => {
      await opened;
      return done();
    };
    await send('working');
    await waitFor(() => consumer.script.handled.length === 1);
    const closing = consumer.close();
    await waitFor(() => consumer.script.logged.includes('consumer stopped'));
    await send('later');
    open();
    await closing;
    expect(consumer.script.ids()).toEqual(['working']);
    expect((await broker.take(queue)).properties.messageId).toBe('later');
    await expect(broker.depth(queue)).resolves.toBe(0);
  });

  it('handles nothing that arrives after it has begun: another one has it at once', async () => {
    const { opened, open } = latch();
    consumer.script.answer = async () => {
      await opened;
      return done();
    };
    await send('working');
    // The second time it starts with the whole prefetch.
    await waitFor(() => consumer.script.logged.length === 2);
    proxy.hold();
    await sendConfirmed('on its way');
    await waitFor(async () => (await broker.depth(queue)) === 0);
    const closing = consumer.close();
    proxy.restore();
    const { fields, properties } = await broker.take(queue);
    expect([properties.messageId, fields.redelivered]).toEqual(['on its way', true]);
    open();
    await closing;
    expect(consumer.script.ids()).toEqual(['working']);
    await expect(broker.depth(queue)).resolves.toBe(0);
  });

  it('does not wait for ever: what is not finished goes back to the queue', async () => {
    await consumer.close();
    consumer = await TestConsumer.start(broker.url, { drainMs: 50 });
    consumer.script.answer = () => new Promise(() => undefined);
    await consuming();
    await send('stuck');
    await waitFor(() => consumer.script.handled.length === 1);
    await consumer.close();
    expect((await broker.take(queue)).properties.messageId).toBe('stuck');
  });

  it('is logged, also where the consumer was just about to take more at once', async () => {
    consumer.script.answer = () => {
      proxy.hold();
      return done();
    };
    await send('first');
    await waitFor(() => consumer.script.handled.length === 1);
    const closing = consumer.close();
    proxy.restore();
    await closing;
    expect(consumer.script.logged.at(-1)).toBe('consumer stopped');
  });
});
