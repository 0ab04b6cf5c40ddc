import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestMicroservice } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { type BrokerConnection, ConfirmedPublisher, deadQueue } from '#messaging';
import { type OutboxRelay } from '#outbox';
import { connect } from '#postgres';
import { connected, silentLog, TestBroker } from '../../support/broker.js';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { invoices, startInvoices } from './invoice.js';
import { placeOrder, startRelay, tables } from './order.js';

const queue = 'invoices.orders.v1';
let broker: TestBroker;
let connection: BrokerConnection;
let database: TestDatabase;
let dataSource: DataSource;
let relay: OutboxRelay;
let consumer: INestMicroservice;

beforeAll(async () => {
  broker = await TestBroker.open();
  connection = await connected(broker.url);
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  for (const ddl of tables) await database.query(ddl);
  dataSource = await connect({ url: database.ownerUrl });
  const publisher = new ConfirmedPublisher(connection, { exchange: 'orders', mandatory: true });
  relay = startRelay(dataSource, publisher, silentLog);
  consumer = await startInvoices({ connection, log: silentLog });
});
afterAll(async () => {
  await relay.stop();
  await consumer.close();
  await connection.close();
  await broker.deleteQueues(
    queue,
    deadQueue(queue),
    ...[1, 5, 15, 60, 300].map((seconds) => `${queue}.retry.${seconds}s`),
  );
  await broker.act((channel) => channel.deleteExchange(`${queue}.routes`));
  await broker.act((channel) => channel.deleteExchange('orders'));
  await broker.close();
  await dataSource.destroy();
  await database.drop();
});

describe('the example of libs/outbox and libs/messaging', () => {
  it('a committed order reaches the service that writes the invoice', async () => {
    const id = await placeOrder(dataSource, relay, 1_200);
    await waitFor(() => invoices.get(id) === 1_200);
  });

  it('nothing is published of an order that was not committed', async () => {
    const isOwed = async () => (await database.query('SELECT id FROM outbox')).length > 0;
    // What was published is removed a moment later, with what comes next.
    await waitFor(async () => !(await isOwed()));
    await expect(placeOrder(dataSource, relay, Number.NaN)).rejects.toThrow();
    expect(await isOwed()).toBe(false);
  });

  it.each(['{"subject":"1","data":{}}', 'null'])(
    'an event that the handler cannot understand becomes a dead letter with its reason: %s',
    async (body) => {
      await waitFor(async () => (await broker.depth(queue)) === 0);
      await broker.act((channel) => {
        channel.publish('orders', 'order.placed', Buffer.from(body));
        return Promise.resolve();
      });
      await waitFor(async () => (await broker.depth(deadQueue(queue))) === 1);
      expect((await broker.take(deadQueue(queue))).properties.headers).toMatchObject({
        'x-reason': 'data.total is no number',
      });
    },
  );

  it.each([
    ['libs/outbox/README.md', 'order.ts'],
    ['libs/messaging/README.md', 'invoice.ts'],
  ])('the example in %s is the tested file %s, of thirty lines at most', (readme, example) => {
    const code = readFileSync(
      new URL(example, `file://${process.cwd()}/test/component/examples/`),
      'utf8',
    );
    expect(readFileSync(readme, 'utf8')).toContain(`\`\`\`ts\n${code}\`\`\`\n`);
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });
});
