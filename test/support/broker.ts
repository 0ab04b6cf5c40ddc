import { type Channel, type ChannelModel, connect, type GetMessage, type Options } from 'amqplib';
import { answerOf, BrokerConnection, type MessagingLog, questioned } from '#messaging';
import { settlesWithin } from '#waiting';
import { testVariable } from './database.js';
import { waitFor } from './wait-for.js';

export const silentLog: MessagingLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The broker of a test file: with several workers of Jest, each has
 * a virtual host of its own.
 */
export function testBrokerUrl(): string {
  const urls = process.env['TEST_RABBITMQ_URLS'] || testVariable('TEST_RABBITMQ_URL');
  return urls.split(',')[Number(process.env['JEST_WORKER_ID'] ?? 1) - 1] as string;
}

/** Where no broker is. */
export const absentBroker = 'amqp://127.0.0.1:1';

/** Milliseconds for a connection. */
const timeoutMs = 5_000;

/**
 * A plain client beside the code under test, to prepare, inspect and break things. Each
 * act has a channel of its own, since a failure closes it, and each request a timeout of
 * seconds: RabbitMQ may not answer for a minute about a queue that has no leader. Then
 * retry over a new connection.
 */
export class TestBroker {
  private constructor(
    readonly url: string,
    private readonly model: ChannelModel,
  ) {}

  static async open(url = testBrokerUrl()): Promise<TestBroker> {
    const model = await connect(url, { timeout: timeoutMs });
    model.on('error', () => undefined);
    return new TestBroker(url, model);
  }

  async act<T>(action: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = questioned(await answerOf(this.model.createChannel()), answerOf);
    channel.on('error', () => undefined);
    try {
      return await action(channel);
    } finally {
      await settlesWithin(timeoutMs, channel.close());
    }
  }

  async deleteQueues(...queues: string[]): Promise<void> {
    for (const queue of queues) await this.act((channel) => channel.deleteQueue(queue));
  }

  async publish(
    exchange: string,
    key: string,
    body: string,
    options: Pick<Options.Publish, 'messageId' | 'userId' | 'headers' | 'contentType'> = {},
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

  /** 0 also while the queue does not exist. */
  async consumers(queue: string): Promise<number> {
    return (
      (await unlessMissing(this.act((channel) => channel.checkQueue(queue))))?.consumerCount ?? 0
    );
  }

  /** Does nothing if the broker has closed it already. */
  async close(): Promise<void> {
    await settlesWithin(timeoutMs, this.model.close());
  }
}

/**
 * The answer about a queue or an exchange; undefined if it does not exist. Throws any
 * other failure.
 */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 404) return undefined;
    throw error;
  });
}

export async function connected(url: string): Promise<BrokerConnection> {
  const connection = new BrokerConnection({ url, name: 'test', log: silentLog });
  connection.start();
  await waitFor(() => connection.state === 'up');
  return connection;
}
