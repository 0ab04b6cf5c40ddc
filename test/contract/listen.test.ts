import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestBroker, testBrokerUrl } from '../support/broker.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitFor } from '../support/wait-for.js';

const queue = 'listener.events.v1';
let broker: TestBroker;
let proxy: TcpProxy;

beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
});
afterAll(async () => {
  await proxy.close();
  await broker.deleteQueues(queue);
  await broker.close();
});

// Alive and deaf it would look well to whoever keeps it running.
it.each<[string, string, () => Promise<void> | void]>([
  ['its queue is deleted (basic.cancel)', 'the queue is gone', () => broker.deleteQueues(queue)],
  [
    'its connection is cut',
    'Unexpected close',
    () => {
      proxy.cut();
    },
  ],
])(
  'docs/events/listen.mjs ends, with a reason and an exit code, when %s',
  async (_when, reason, happen) => {
    const listener = spawn(process.execPath, ['docs/events/listen.mjs'], {
      env: { RABBITMQ_URL: proxy.through(testBrokerUrl()) },
    });
    const [ended, said] = [once(listener, 'exit'), text(listener.stderr)];
    await waitFor(() => broker.consumers(queue));
    await happen();
    expect(await ended).toEqual([1, null]);
    expect(await said).toContain(reason);
  },
);
