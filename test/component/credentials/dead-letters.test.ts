import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, queues } from '#contracts';
import { deadQueue } from '#messaging';
import { TestBroker } from '../../support/broker.js';
import { valueOf } from '../../support/metrics.js';
import { waitFor } from '../../support/wait-for.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { type CredentialsUnderTest, startCredentials } from './harness.js';

const queue = queues.credentialsTicketEvents;
let broker: TestBroker;
let proxy: TcpProxy;
let service: CredentialsUnderTest;

beforeAll(async () => {
  broker = await TestBroker.open();
  await broker.deleteQueues(deadQueue(queue));
  const { hostname, port } = new URL(broker.url);
  proxy = await TcpProxy.to(hostname, Number(port));
  service = await startCredentials({ rabbitmqUrl: proxy.through(broker.url) });
  await waitFor(() => broker.consumers(queue));
});
afterAll(async () => {
  await service.stop();
  await proxy.close();
  await broker.deleteQueues(deadQueue(queue));
  await broker.close();
});

const metrics = async () => (await fetch(new URL('/metrics', service.url))).text();
const readiness = async () => (await fetch(new URL('/readyz', service.url))).json();

describe('a dead letter', () => {
  it('shows in the metrics, and as a warning in the readiness, until it is gone', async () => {
    expect(valueOf(await metrics(), 'dead_letters', { queue })).toBe(0);
    expect(await readiness()).toMatchObject({ status: 'ready', checks: { broker: 'ok', 'dead-letters': 'ok' } });
    await broker.publish(exchanges.ticket, 'ticket.status.changed', 'not an event');
    await waitFor(async () => valueOf(await metrics(), 'dead_letters', { queue }) === 1);
    const text = await metrics();
    expect(valueOf(text, 'messages_dead_lettered_total', { queue })).toBe(1);
    expect(valueOf(text, 'messages_consumed_seconds_count', { queue, result: 'reject' })).toBe(1);
    expect(await readiness()).toMatchObject({ status: 'ready', checks: { 'dead-letters': 'warning' } });
    await broker.take(deadQueue(queue));
    expect(await readiness()).toMatchObject({ status: 'ready', checks: { 'dead-letters': 'ok' } });
  });

  it('is not spoken of while the broker is away, which is a warning of its own', async () => {
    proxy.down();
    await waitFor(async () => valueOf(await metrics(), 'broker_connected') === 0);
    expect(valueOf(await metrics(), 'dead_letters', { queue })).toBeUndefined();
    expect(await readiness()).toMatchObject({ status: 'ready', checks: { broker: 'warning', 'dead-letters': 'ok' } });
    proxy.restore();
    await waitFor(async () => valueOf(await metrics(), 'dead_letters', { queue }) === 0);
  });
});

describe('the metrics of the outbox', () => {
  it('are not shown while the database is away, and hide no others', async () => {
    expect(valueOf(await metrics(), 'outbox_depth')).toBe(0);
    await service.database.cutOff();
    const text = await metrics();
    expect(valueOf(text, 'outbox_depth')).toBeUndefined();
    expect(valueOf(text, 'broker_connected')).toBe(1);
    await service.database.letIn();
    await waitFor(async () => valueOf(await metrics(), 'outbox_depth') === 0);
  });
});
