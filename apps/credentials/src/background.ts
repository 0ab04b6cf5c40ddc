import { type BeforeApplicationShutdown } from '@nestjs/common';
import { purge } from '#idempotency';
import { type BrokerConnection, type ConfirmedPublisher, type RabbitTransport } from '#messaging';
import { type OutboxRelay, type Sql } from '#outbox';
import { type Log } from '#telemetry';

const hour = 3_600_000;

interface Parts {
  readonly connection: BrokerConnection;
  readonly publisher: ConfirmedPublisher;
  readonly transport: RabbitTransport;
  readonly relay: OutboxRelay;
  readonly sql: Sql;
  readonly log: Log;
}

/** What goes on beside the requests, and ends after the last of them: the consumer, the relay, the purge of what no longer counts. */
export class Background implements BeforeApplicationShutdown {
  private parts: Parts | undefined;
  private purging: NodeJS.Timeout | undefined;

  /** Never waits for the broker. */
  start(parts: Parts): void {
    this.parts = parts;
    parts.connection.start();
    parts.relay.start();
    this.purging = setInterval(() => {
      purge(parts.sql).catch((error: unknown) => {
        parts.log.warn('idempotency records not purged', { error });
      });
    }, hour).unref();
  }

  /** The consumer writes to the outbox and the relay needs the publisher, so they go in this order, and all before the database does. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.purging);
    await this.parts?.transport.close();
    await this.parts?.relay.stop(2000);
    await this.parts?.publisher.close();
    await this.parts?.connection.close();
  }
}
