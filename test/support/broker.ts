import { type Channel, type ChannelModel, connect, type GetMessage } from 'amqplib';
import { BrokerConnection, type MessagingLog } from '#messaging';
import { testVariable } from './database.js';
import { waitFor } from './wait-for.js';

export const silentLog: MessagingLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The broker of a test file: with several workers of Jest, each has a virtual host of its own. */
export function testBrokerUrl(): string {
  const urls = process.env['TEST_RABBITMQ_URLS'] || testVariable('TEST_RABBITMQ_URL');
  return urls.split(',')[Number(process.env['JEST_WORKER_ID'] ?? 1) - 1] as string;
}

/** A plain client beside the code under test: it plants, looks and breaks. Every act has a channel of its own, so that one may fail. */
export class TestBroker {
  private constructor(
    readonly url: string,
    private readonly model: ChannelModel,
  ) {}

  static async open(url = testBrokerUrl()): Promise<TestBroker> {
    const model = await connect(url);
    model.on('error', () => undefined);
    return new TestBroker(url, model);
  }

  async act<T>(action: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await this.model.createChannel();
    channel.on('error', () => undefined);
    try {
      return await action(channel);
    } finally {
      await channel.close().catch(() => undefined);
    }
  }

  async deleteQueues(...queues: string[]): Promise<void> {
    for (const queue of queues) await this.act((channel) => channel.deleteQueue(queue));
  }

  async publish(
    exchange: string,
    key: string,
    body: string,
    options: { messageId?: string; userId?: string; headers?: object } = {},
  ): Promise<void> {
    await this.act((channel) => {
      channel.publish(exchange, key, Buffer.from(body), { persistent: true, ...options });
      return Promise.resolve();
    });
  }

  /** Takes the next message of a queue, waiting for it. */
  async take(queue: string): Promise<GetMessage> {
    return waitFor(() => this.act((channel) => channel.get(queue, { noAck: true })));
  }

  async depth(queue: string): Promise<number> {
    return (await this.act((channel) => channel.checkQueue(queue))).messageCount;
  }

  /** 0 while the queue is not there either. */
  consumers(queue: string): Promise<number> {
    return this.act((channel) => channel.checkQueue(queue)).then(
      ({ consumerCount }) => consumerCount,
      () => 0,
    );
  }

  /** Does nothing where the broker has closed it already. */
  close(): Promise<void> {
    return this.model.close().catch(() => undefined);
  }
}

export async function connected(url: string): Promise<BrokerConnection> {
  const connection = new BrokerConnection({ url, name: 'test', log: silentLog });
  connection.start();
  await waitFor(() => connection.state === 'up');
  return connection;
}
