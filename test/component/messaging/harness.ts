import { Controller, type DynamicModule, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import {
  BrokerConnection,
  deadQueue,
  type MessagingMetrics,
  type Outcome,
  RabbitContext,
  RabbitTransport,
  type RabbitTransportOptions,
  retryQueue,
  routesExchange,
} from '#messaging';
import { silentLog, type TestBroker } from '../../support/broker.js';

export const exchange = 'test.consumer';
export const queue = 'test.consumer.v1';
export const dead = deadQueue(queue);
export const delays = [1, 2];

export interface Handled {
  readonly payload: unknown;
  readonly context: RabbitContext;
}
export type Answer = (handled: Handled) => Promise<Outcome | undefined> | Outcome | undefined;

/** What the handler was given, and what it is to answer. */
export class Script {
  readonly handled: Handled[] = [];
  /** The events that the consumer has logged. */
  readonly logged: string[] = [];
  answer: Answer = () => undefined;

  ids(): unknown[] {
    return this.handled.map(({ context }) => context.messageId);
  }
}

@Controller()
class TestController {
  constructor(private readonly script: Script) {}

  @EventPattern(['thing.happened'])
  handle(
    @Payload() payload: unknown,
    @Ctx() context: RabbitContext,
  ): Promise<Outcome | undefined> | Outcome | undefined {
    const handled = { payload, context };
    this.script.handled.push(handled);
    return this.script.answer(handled);
  }
}

@Module({})
class TestModule {
  static with(script: Script): DynamicModule {
    return {
      module: TestModule,
      controllers: [TestController],
      providers: [{ provide: Script, useValue: script }],
    };
  }
}

/** A Nest microservice on the transport under test, with one handler. */
export class TestConsumer {
  private constructor(
    readonly script: Script,
    readonly connection: BrokerConnection,
    readonly transport: RabbitTransport,
    private readonly app: INestMicroservice,
  ) {}

  static async start(
    url: string,
    options: Partial<RabbitTransportOptions> = {},
    { script = new Script(), metrics }: { script?: Script; metrics?: MessagingMetrics } = {},
  ): Promise<TestConsumer> {
    const log = { ...silentLog, info: (event: string) => script.logged.push(event) };
    const connection = new BrokerConnection({
      url,
      name: 'test consumer',
      log: silentLog,
      ...(metrics && { metrics }),
    });
    connection.start();
    const bindings = [{ exchange, keys: ['thing.*'] }];
    const strategy = new RabbitTransport({
      connection,
      queue,
      bindings,
      log,
      retryDelays: delays,
      ...options,
    });
    const app = await NestFactory.createMicroservice(TestModule.with(script), {
      strategy,
      logger: false,
    });
    await app.listen();
    return new TestConsumer(script, connection, strategy, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.connection.close();
  }
}

/** The queues as the consumer declares them, and nothing in them. */
export async function emptyQueues(broker: TestBroker): Promise<void> {
  await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
  await broker.deleteQueues(queue, dead, ...delays.map((seconds) => retryQueue(queue, seconds)));
}
