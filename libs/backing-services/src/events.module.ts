import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Activity, Lifecycle } from '#lifecycle';
import { BrokerConnection, ConfirmedPublisher } from '#messaging';
import { OutboxRelay, SqlOutbox } from '#outbox';
import { PipelinedTransactions, SingleStatements, UnitOfWork } from '#postgres';
import { Log, Metrics, Readiness } from '#telemetry';
import { DeadLetterWatch } from './dead-letter-watch.js';
import { messagingMetrics } from './messaging-metrics.js';
import { measureOutbox } from './outbox-metrics.js';
import { given, provide } from './provide.js';

interface EventsOptions {
  /** The service's name, as the broker's management shows it. */
  readonly name: string;
  readonly brokerUrl: string;
  /** The one exchange that the service publishes to. */
  readonly exchange: string;
  /**
   * Whether an event that no queue takes counts as not published,
   * so that the outbox keeps it.
   */
  readonly mandatory: boolean;
  /** A topic exchange that gets a copy of every event, best effort. */
  readonly copyTo?: string;
}

/**
 * The way of events from the database to the broker. Provides UnitOfWork and
 * PipelinedTransactions to append to the outbox, and BrokerConnection to consume.
 */
@Module({})
export class EventsModule {
  constructor(
    lifecycle: Lifecycle,
    connection: BrokerConnection,
    publisher: ConfirmedPublisher,
    relay: OutboxRelay,
  ) {
    lifecycle.addFoundation(broker(connection, publisher));
    lifecycle.addFoundation(relay);
  }

  static with(options: EventsOptions): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      providers: providers(options),
      exports: [BrokerConnection, DeadLetterWatch, PipelinedTransactions, UnitOfWork],
    };
  }
}

const providers = ({ name, brokerUrl, ...publishing }: EventsOptions): Provider[] => [
  {
    provide: BrokerConnection,
    inject: [Log, Metrics, Readiness],
    useFactory: (log: Log, metrics: Metrics, readiness: Readiness) => {
      const connection = new BrokerConnection({
        url: brokerUrl,
        name,
        log,
        metrics: messagingMetrics(metrics),
      });
      readiness.watch('broker', () => (connection.state === 'up' ? undefined : connection.state));
      return connection;
    },
  },
  provide(ConfirmedPublisher, [BrokerConnection, given(publishing)]),
  {
    provide: OutboxRelay,
    inject: [SingleStatements, ConfirmedPublisher, Log, Metrics],
    useFactory: newRelay,
  },
  transactions(UnitOfWork),
  transactions(PipelinedTransactions),
  provide(DeadLetterWatch, [BrokerConnection, Lifecycle, Metrics, Readiness]),
];

/** Whoever commits wakes the relay. */
const transactions = (
  type: new (dataSource: DataSource, afterCommit: () => void) => object,
): Provider => ({
  provide: type,
  inject: [DataSource, OutboxRelay],
  useFactory: (dataSource: DataSource, relay: OutboxRelay) =>
    new type(dataSource, () => {
      relay.wake();
    }),
});

function newRelay(
  statements: SingleStatements,
  publisher: ConfirmedPublisher,
  log: Log,
  metrics: Metrics,
): OutboxRelay {
  const relay = new OutboxRelay({
    outbox: new SqlOutbox(statements),
    publish: (message) => publisher.publish(message),
    log,
  });
  measureOutbox(metrics, relay);
  return relay;
}

const broker = (connection: BrokerConnection, publisher: ConfirmedPublisher): Activity => ({
  name: 'broker',
  start() {
    connection.start();
  },
  async stop() {
    await publisher.close();
    await connection.close();
  },
});
