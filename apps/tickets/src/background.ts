import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { purge } from '#idempotency';
import { type OutboxRelay } from '#outbox';
import { type Log } from '#telemetry';
import { type Broker } from './messaging/broker.js';

const hour = 3_600_000;

interface Parts {
  readonly dataSource: DataSource;
  readonly relay: OutboxRelay;
  readonly broker: Broker;
  readonly log: Log;
}

/** What goes on beside the requests, from the start of the service to the end of its last request. */
export class Background implements OnApplicationBootstrap, OnApplicationShutdown {
  private purging: NodeJS.Timeout | undefined;

  constructor(private readonly parts: Parts) {}

  onApplicationBootstrap(): void {
    const { dataSource, relay, broker, log } = this.parts;
    broker.start();
    relay.start();
    this.purging = setInterval(() => {
      purge(dataSource).catch((error: unknown) => {
        log.warn('idempotency records not purged', { error });
      });
    }, hour).unref();
  }

  /** The relay still needs both neighbours to finish its batch, so they go last. */
  async onApplicationShutdown(): Promise<void> {
    const { dataSource, relay, broker } = this.parts;
    clearInterval(this.purging);
    await relay.stop(2000);
    await broker.close();
    await dataSource.destroy();
  }
}
