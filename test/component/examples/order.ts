import { randomUUID } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { type BrokerConnection, ConfirmedPublisher } from '#messaging';
import { append, type OutboxLog, OutboxRelay, outboxSchema, SqlOutbox } from '#outbox';

const exchange = 'orders';

/** For the first migration of the service. */
export const tables = [
  `CREATE TABLE orders (
     id uuid PRIMARY KEY,
     total integer NOT NULL
   )`,
  ...outboxSchema.tables,
];

/** At the start of the service; `stop()` the relay at its end. */
export function startRelay(
  database: DataSource,
  broker: BrokerConnection,
  log: OutboxLog,
): OutboxRelay {
  const publisher = new ConfirmedPublisher(broker, { exchange, mandatory: true });
  const relay = new OutboxRelay({
    outbox: new SqlOutbox(database),
    publish: (message) => publisher.publish(message),
    log,
  });
  relay.start();
  return relay;
}

/** The change and its event in one transaction: both happen, or neither does. */
export async function placeOrder(
  database: DataSource,
  relay: OutboxRelay,
  total: number,
): Promise<string> {
  const id = randomUUID();
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/orders',
    type: 'order.placed',
    subject: id,
    data: { total },
  };
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO orders (id, total) VALUES ($1, $2)', [id, total]);
    await append(tx, exchange, [event]);
  });
  relay.wake();
  return id;
}
