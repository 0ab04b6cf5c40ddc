import { setTimeout as sleep } from 'node:timers/promises';
import { type Channel, connect } from 'amqplib';
import pg from 'pg';
import { queues } from '#contracts';
import { backendOf } from './backend.js';

/** Where the outboxes and the broker of a stack are. */
export interface DeliveryLocations {
  readonly rabbitmqUrl: string;
  readonly databaseUrls: { readonly tickets: string; readonly credentials: string };
}

/** Shows whether events of a stack are still to be delivered. */
export class Deliveries {
  private constructor(
    readonly postgresVersion: string,
    /** Process ids of its own connections, whose work is not the stack's. */
    readonly backends: readonly number[],
    private readonly outboxes: readonly pg.Client[],
    private readonly channel: Channel,
    private readonly disconnect: () => Promise<void>,
  ) {}

  static async open({ rabbitmqUrl, databaseUrls }: DeliveryLocations): Promise<Deliveries> {
    const connection = await connect(rabbitmqUrl);
    const outboxes = await Promise.all(Object.values(databaseUrls).map(connectTo));
    const [first] = outboxes as [pg.Client];
    const { rows } = await first.query<{ server_version: string }>('SHOW server_version');
    return new Deliveries(
      rows[0]?.server_version ?? '?',
      await Promise.all(outboxes.map(backendOf)),
      outboxes,
      await connection.createChannel(),
      () => connection.close(),
    );
  }

  /** Resolves when all events were published and consumed. */
  async quiet(): Promise<void> {
    while ((await this.hasUnpublished()) || (await this.backlog()) > 0) await sleep(20);
  }

  /** Resolves when all events were published, whether or not they were consumed. */
  async published(): Promise<void> {
    while (await this.hasUnpublished()) await sleep(20);
  }

  async close(): Promise<void> {
    await Promise.all([...this.outboxes.map((client) => client.end()), this.disconnect()]);
  }

  /** How many events the credentials service has not consumed yet. */
  private async backlog(): Promise<number> {
    return (await this.channel.checkQueue(queues.credentialsTicketEvents)).messageCount;
  }

  private async hasUnpublished(): Promise<boolean> {
    const found = await Promise.all(
      this.outboxes.map((client) => client.query('SELECT 1 FROM outbox LIMIT 1')),
    );
    return found.some(({ rowCount }) => rowCount !== 0);
  }
}

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'watch' });
  await client.connect();
  return client;
}
