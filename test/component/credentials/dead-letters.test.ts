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

/** As impatient as a balancer's probe. */
const ask = (path: string) =>
  fetch(new URL(path, service.url), { signal: AbortSignal.timeout(1_000) });
const metrics = async () => (await ask('/metrics')).text();
const readiness = async () =>
  (await ask('/readyz')).json() as Promise<{ readonly reasons?: Readonly<Record<string, string>> }>;

describe('a dead letter', () => {
  it('shows in the metrics, and as a warning in the readiness, until it is gone', async () => {
    await waitFor(async () => valueOf(await metrics(), 'dead_letters', { queue }) === 0);
    expect(await readiness()).toMatchObject({
      status: 'ready',
      checks: { broker: 'ok', 'dead-letters': 'ok' },
    });
    await broker.publish(exchanges.ticket, 'ticket.status.changed', 'not an event');
    await waitFor(async () => valueOf(await metrics(), 'dead_letters', { queue }) === 1);
    const text = await metrics();
    expect(valueOf(text, 'messages_dead_lettered_total', { queue })).toBe(1);
    expect(valueOf(text, 'messages_consumed_seconds_count', { queue, result: 'reject' })).toBe(1);
    const reasons = { 'dead-letters': expect.stringMatching(/^1, counted \d+ s ago$/) };
    expect(await readiness()).toMatchObject({
      status: 'ready',
      checks: { 'dead-letters': 'warning' },
      reasons,
    });
  });

  it('is still shown while the broker is away, which is a warning of its own, with the age of the count', async () => {
    proxy.down();
    await waitFor(async () => valueOf(await metrics(), 'broker_connected') === 0);
    await waitFor(async () => valueOf(await metrics(), 'dead_letters_age_seconds', { queue })! > 6);
    expect(valueOf(await metrics(), 'dead_letters', { queue })).toBe(1);
    const checks = { broker: 'warning', 'dead-letters': 'warning' };
    expect(await readiness()).toMatchObject({
      status: 'ready',
      checks,
      reasons: { broker: 'down' },
    });
    proxy.restore();
    await waitFor(async () => valueOf(await metrics(), 'dead_letters_age_seconds', { queue })! < 6);
    await broker.take(deadQueue(queue));
    await waitFor(async () => valueOf(await metrics(), 'dead_letters', { queue }) === 0);
    expect(await readiness()).toMatchObject({
      status: 'ready',
      checks: { broker: 'ok', 'dead-letters': 'ok' },
    });
  });

  it('delays no probe and no scrape while the broker says nothing, which is noticed within seconds', async () => {
    proxy.freeze();
    await Promise.all([readiness(), metrics()]);
    await waitFor(async () => (await readiness()).reasons?.['broker'] === 'down');
    proxy.cut();
    proxy.restore();
    await waitFor(async () => valueOf(await metrics(), 'broker_connected') === 1);
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
