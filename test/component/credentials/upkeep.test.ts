import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  metric,
  replicaOf,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';
import { blockDestruction } from './upkeep.fixture.js';

const queue = `test.upkeep.${process.pid}`;
let service: CredentialsUnderTest;
let other: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials({ reconcileSeconds: 1 });
  other = await replicaOf(service, { reconcileSeconds: 1 });
  broker = await TestBroker.open();
  await broker.act(async (channel) => {
    await channel.assertExchange(exchanges.credential, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(queue, exchanges.credential, 'credentials.destroyed');
  });
});
afterAll(async () => {
  await broker.deleteQueues(queue);
  await broker.close();
  await other.stop();
  await service.stop();
});

const destroyedEvent = async () =>
  JSON.parse((await broker.take(queue)).content.toString()) as { subject: string; data: unknown };

describe('a service with two replicas, left to itself,', () => {
  it('ends what no event has ended, and tells', async () => {
    const { ticketId, id } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    await waitFor(async () => (await stored(service, ticketId)) === 0);
    expect(await destroyedEvent()).toMatchObject({
      subject: ticketId,
      data: { phase: 1, reason: 'reconciled', credentialIds: [id] },
    });
  });

  it('destroys what is past its time, and tells', async () => {
    const { ticketId, id } = await sharedTicket(service);
    await service.database.query(
      "UPDATE credential SET expires_at = now() - interval '1 second' WHERE id = $1",
      [id],
    );
    await waitFor(async () => (await stored(service, ticketId)) === 0);
    expect(await destroyedEvent()).toMatchObject({
      subject: ticketId,
      data: { phase: 0, reason: 'expired', credentialIds: [id] },
    });
  });

  it('counts the answers that are faults, shows the tickets in doubt while they are, and recovers by itself', async () => {
    const { ticketId } = await sharedTicket(service);
    const right = service.tickets.answers.get(ticketId)!;
    service.tickets.answers.delete(ticketId);
    const inDoubt = () => metric(service, 'tickets_in_doubt');
    const faults = async () =>
      (
        await Promise.all(
          [service, other].map((one) => metric(one, 'standing_faults_total{fault="unknown"')),
        )
      ).some((n) => n > 0);
    await waitFor(async () => (await inDoubt()) === 1 && (await faults()));
    service.tickets.answers.set(ticketId, right);
    await waitFor(async () => (await inDoubt()) === 0);
    expect(await stored(service, ticketId)).toBe(1);
  });

  it('counts destructions that fail, and tries them again', async () => {
    const { ticketId } = await sharedTicket(service);
    const unblock = await blockDestruction(service, ticketId);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    const failures = async () =>
      (
        await Promise.all(
          [service, other].map((one) => metric(one, 'destruction_failures_total{by="reconcile"')),
        )
      ).some((n) => n > 0);
    await waitFor(failures);
    await unblock();
    await waitFor(async () => (await stored(service, ticketId)) === 0);
  });

  it('has one replica do each job, and another where that one stops', async () => {
    const leads = (one: CredentialsUnderTest, job: string) => metric(one, `job_led{job="${job}"`);
    for (const job of ['reconcile', 'sweep'])
      expect((await leads(service, job)) + (await leads(other, job))).toBe(1);
    await other.stop();
    for (const job of ['reconcile', 'sweep']) await waitFor(() => leads(service, job));
    other = await replicaOf(service, { reconcileSeconds: 1 });
  });
});
