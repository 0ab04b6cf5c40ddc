import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchanges, queues, ticketEvent, type Standing } from '#contracts';
import { absentBroker, TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { hold } from './held.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  secret,
  type SharedTicket,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';

const leaseSeconds = 1;
let service: CredentialsUnderTest;
/**
 * Holds leases of a minute, and nobody tells it anything: the broker that
 * it connects to is not there.
 */
let deaf: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: leaseSeconds });
  deaf = await replicaOf(service, { standingLeaseSeconds: 60, rabbitmqUrl: absentBroker });
  broker = await TestBroker.open();
  await waitFor(() => broker.consumers(queues.credentialsTicketEvents));
});
afterAll(async () => {
  await broker.close();
  await deaf.stop();
  await service.stop();
});

async function publish(
  type: 'ticket.status.changed' | 'ticket.assigned',
  standing: Standing,
): Promise<void> {
  const event = ticketEvent(type, { ...standing, previousStatus: 'open' }, new Date());
  await broker.publish(exchanges.ticket, type, JSON.stringify(event), { messageId: event.id });
}

const reveal = (at: CredentialsUnderTest, path: string) =>
  at.call('agent-1', 'POST', `${path}/reveal`);
const edit = (at: CredentialsUnderTest, one: string) =>
  at.call('agent-1', 'PATCH', one, { additionalInformation: 'x' }, { 'if-match': '*' });

describe('while tickets is down', () => {
  it('what was permitted stays so for one lease; then it is 503 with Retry-After, nothing is destroyed, and it recovers', async () => {
    const { ticketId, path, one } = await sharedTicket(service);
    expect((await reveal(service, path)).status).toBe(200);
    service.tickets.reachable = false;
    try {
      expect((await reveal(deaf, path)).status).toBe(503);
      await sleep(leaseSeconds * 1000);
      for (const answer of [
        await reveal(service, path),
        await reveal(service, one),
        await edit(service, one),
      ]) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'standing-unknown' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(await stored(service, ticketId)).toBe(1);
    } finally {
      service.tickets.reachable = true;
    }
    expect((await reveal(service, path)).body.items).toHaveLength(1);
  });

  it('what a lease permits is still revealed', async () => {
    const { path } = await sharedTicket(service);
    expect((await reveal(deaf, path)).status).toBe(200);
    service.tickets.reachable = false;
    const revealed = await reveal(deaf, path).finally(() => (service.tickets.reachable = true));
    expect(revealed).toMatchObject({
      status: 200,
      body: { items: [{ password: secret.password }] },
    });
  });

  it('submits ask, lease or no lease', async () => {
    const { path } = await sharedTicket(service);
    service.tickets.reachable = false;
    const refused = await service
      .call('customer-1', 'POST', path, secret)
      .finally(() => (service.tickets.reachable = true));
    expect(refused).toMatchObject({ status: 503, body: { code: 'standing-unknown' } });
  });
});

describe('an end', () => {
  it('is felt within one lease where no event tells of it', async () => {
    const { path, one } = await sharedTicket(service);
    expect((await reveal(service, path)).status).toBe(200);
    service.tickets.set(path.split('/')[3]!, { status: 'resolved', phase: 1 });
    await sleep(leaseSeconds * 1000);
    for (const answer of [
      await reveal(service, path),
      await reveal(service, one),
      await edit(service, one),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
  });

  it.each([
    ['reveal of all', ({ path }: SharedTicket) => reveal(deaf, path)],
    ['reveal of one', ({ one }: SharedTicket) => reveal(deaf, one)],
    ['edit', ({ one }: SharedTicket) => edit(deaf, one)],
  ])(
    'is felt at once where the event has arrived, by the %s too at a replica that holds a lease and heard nothing',
    async (_, act) => {
      const ticket = await sharedTicket(service);
      expect((await reveal(deaf, ticket.path)).status).toBe(200);
      await publish(
        'ticket.status.changed',
        service.tickets.set(ticket.ticketId, { status: 'resolved', phase: 1 }),
      );
      await waitFor(async () => (await stored(service, ticket.ticketId)) === 0);
      expect(await act(ticket)).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
    },
  );

  it('empties the list at once, and hides what is deleted, before any event has come and whoever holds a lease', async () => {
    const { ticketId, path, one } = await sharedTicket(service);
    expect((await reveal(deaf, path)).status).toBe(200);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    expect((await deaf.call('agent-1', 'GET', path)).body.items).toEqual([]);
    expect((await deaf.call('agent-1', 'GET', one)).status).toBe(404);
    expect((await deaf.call('agent-1', 'DELETE', one)).status).toBe(404);
    expect(await stored(service, ticketId)).toBe(1);
  });

  it('leaves the list empty after reopening, although no event has told of either', async () => {
    const { ticketId, path, one } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'open', phase: 2 });
    expect((await deaf.call('agent-1', 'GET', path)).body.items).toEqual([]);
    expect((await deaf.call('agent-1', 'GET', one)).status).toBe(404);
    expect((await reveal(deaf, path)).body.items).toEqual([]);
    expect(await stored(service, ticketId)).toBe(0);
  });

  it('keeps back what waited longer than the lease, although it was permitted when it was asked for', async () => {
    const { ticketId, path } = await sharedTicket(service);
    expect((await reveal(service, path)).status).toBe(200);
    const held = await hold(service, ticketId, 'gate');
    const revealing = reveal(service, path);
    await sleep(leaseSeconds * 1000);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    await held.letGo();
    expect(await revealing).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
  });
});

describe('an agent who was taken off the ticket', () => {
  it('loses access at once where the event has arrived, also at a replica that it did not reach', async () => {
    const { ticketId, path } = await sharedTicket(service);
    expect((await reveal(deaf, path)).status).toBe(200);
    const standing = service.tickets.set(ticketId, { assigneeId: 'agent-2' });
    await publish('ticket.assigned', standing);
    const applied = 'SELECT 1 FROM ticket_gate WHERE ticket_id = $1 AND version = $2';
    await waitFor(
      async () => (await service.database.query(applied, [ticketId, standing.version])).length,
    );
    expect(await reveal(deaf, path)).toMatchObject({ status: 403 });
    expect((await deaf.call('agent-1', 'GET', path)).status).toBe(403);
  });

  it('is refused nothing on what is remembered: who was put on it meanwhile is let in', async () => {
    const { ticketId, path } = await sharedTicket(service, { assigneeId: null });
    expect((await deaf.call('customer-1', 'POST', path, secret)).status).toBe(201);
    service.tickets.set(ticketId, { assigneeId: 'agent-1' });
    expect((await reveal(deaf, path)).status).toBe(200);
  });
});
