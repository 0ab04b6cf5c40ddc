import { randomUUID } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { type ConfirmedPublisher } from '#messaging';
import { append, type OutboxLog, OutboxRelay, outboxSchema, SqlOutbox } from '#outbox';

const orders = 'CREATE TABLE orders (id uuid PRIMARY KEY, total integer NOT NULL)';
/** For the first migration of the service. */
export const tables = [orders, ...outboxSchema.tables];

/** With a publisher to `orders`; `stop()` what it returns at the end of the service. */
export function startRelay(database: DataSource, publisher: ConfirmedPublisher, log: OutboxLog) {
  const outbox = new SqlOutbox(database);
  const relay = new OutboxRelay({ outbox, publish: (message) => publisher.publish(message), log });
  relay.start();
  return relay;
}

/** The change and its event in one transaction: both happen, or neither does. */
export async function placeOrder(database: DataSource, relay: OutboxRelay, total: number) {
  const id = randomUUID();
  const about = { source: '/orders', type: 'order.placed', subject: id };
  const event = { specversion: '1.0', id: randomUUID(), ...about, data: { total } };
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO orders (id, total) VALUES ($1, $2)', [id, total]);
    await append(tx, 'orders', [event]);
  });
  relay.wake();
  return id;
}
