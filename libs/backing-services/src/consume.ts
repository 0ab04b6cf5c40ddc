import { type INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Lifecycle, workTimeoutMs } from '#lifecycle';
import { type Binding, BrokerConnection, RabbitTransport } from '#messaging';
import { requireWritable } from '#postgres';
import { Log, Readiness } from '#telemetry';
import { DeadLetterWatch } from './dead-letter-watch.js';

interface Consumer {
  /** A name with a version: the arguments of a declared queue cannot change. */
  readonly queue: string;
  readonly bindings: readonly Binding[];
  /**
   * Messages handled at the same time; default 10. More where a handler gathers them into
   * batches: one that waits for a lock holds a place.
   */
  readonly prefetch?: number;
}

/** The rest of the stop's time limit is for settling outcomes and closing the channel. */
const drainMs = workTimeoutMs - 1_500;

/**
 * Brings the messages of a queue to the `@EventOf` handlers of that queue, from its
 * start to its stop. Consuming pauses while the database is down; the readiness warns
 * whenever nothing is delivered.
 */
export function consume(app: INestApplication, consumer: Consumer): void {
  const { queue } = consumer;
  const [connection, dataSource, log] = [
    app.get(BrokerConnection),
    app.get(DataSource),
    app.get<Log>(Log),
  ];
  const healthy = () => requireWritable(dataSource).then(() => true);
  const transport = new RabbitTransport({
    ...consumer,
    connection,
    healthy,
    log,
    drainMs,
  });
  const microservice = app.connectMicroservice({ strategy: transport });
  app.get(DeadLetterWatch).watch(queue);
  app
    .get<Readiness>(Readiness)
    .watch(`consumer of ${queue}`, () => (transport.active ? undefined : 'not consuming'));
  app.get(Lifecycle).addWork({
    name: `consumer of ${queue}`,
    start: () => microservice.listen(),
    stop: () => transport.close(),
  });
}
