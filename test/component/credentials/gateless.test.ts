import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, queues, ticketEvent } from '#contracts';
import { absentBroker, TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
} from './harness.js';

let service: CredentialsUnderTest;
/**
 * Holds leases of a minute, and nobody tells it anything: the broker that
 * it connects to is not there.
 */
let deaf: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials();
  deaf = await replicaOf(service, { standingLeaseSeconds: 60, rabbitmqUrl: absentBroker });
  broker = await TestBroker.open();
  await waitFor(() => broker.consumers(queues.credentialsTicketEvents));
});
afterAll(async () => {
  await broker.close();
  await deaf.stop();
  await service.stop();
});

describe('a ticket without a gate, on which nothing can be compared', () => {
  const requestsOf = (ticketId: string) => `/v1/tickets/${ticketId}/credential-requests`;
  const gate = (ticketId: string) =>
    service.database.query('SELECT phase, version FROM ticket_gate WHERE ticket_id = $1', [
      ticketId,
    ]);

  async function remembered() {
    const { ticketId, path } = newTicket(service);
    expect((await deaf.call('agent-1', 'GET', path)).status).toBe(200);
    expect(await gate(ticketId)).toEqual([]);
    return ticketId;
  }
  const end = async (ticketId: string) => {
    const standing = service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    const event = ticketEvent(
      'ticket.status.changed',
      { ...standing, previousStatus: 'open' },
      new Date(),
    );
    await broker.publish(exchanges.ticket, event.type, JSON.stringify(event), {
      messageId: event.id,
    });
  };

  it.each([
    ['was taken off it', 403, { assigneeId: 'agent-2' }],
    ['comes after its end', 409, { status: 'closed', phase: 1 }],
  ] as const)(
    'is asked about: who %s makes no request, whatever is remembered',
    async (_, status, change) => {
      const ticketId = await remembered();
      service.tickets.set(ticketId, change);
      expect(await deaf.call('agent-1', 'POST', requestsOf(ticketId), {})).toMatchObject({
        status,
      });
      expect(
        await service.database.query('SELECT FROM credential_request WHERE ticket_id = $1', [
          ticketId,
        ]),
      ).toEqual([]);
    },
  );

  it('gets one before it is asked about, so that an end that comes with the answer leaves its trace', async () => {
    const ticketId = await remembered();
    service.tickets.before = async () => {
      service.tickets.before = () => Promise.resolve();
      await end(ticketId);
      await waitFor(async () => (await gate(ticketId))[0]?.phase === 1);
    };
    expect(await deaf.call('agent-1', 'POST', requestsOf(ticketId), {})).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
  });

  it('gets no phase from an answer that is older than its gate, by a deletion neither', async () => {
    const { ticketId, path } = newTicket(service);
    service.tickets.before = async () => {
      service.tickets.before = () => Promise.resolve();
      service.tickets.set(ticketId, { status: 'closed', phase: 1 });
      await service.database.query('INSERT INTO ticket_gate (ticket_id) VALUES ($1)', [ticketId]);
    };
    const one = `${path}/${randomUUID()}`;
    expect(await deaf.call('agent-1', 'DELETE', one)).toMatchObject({ status: 404 });
    expect(await gate(ticketId)).toMatchObject([{ phase: 1 }]);
  });

  it('gets no phase from the end of a submission that asked before there was a gate', async () => {
    const { ticketId, path } = newTicket(service, { status: 'closed', phase: 1 });
    service.tickets.before = async () => {
      service.tickets.before = () => Promise.resolve();
      await service.database.query('INSERT INTO ticket_gate (ticket_id) VALUES ($1)', [ticketId]);
    };
    expect(await deaf.call('customer-1', 'POST', path, secret)).toMatchObject({ status: 409 });
    expect(await gate(ticketId)).toMatchObject([{ phase: -1 }]);
  });
});
