import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { exchanges, queues, type Standing, ticketEvent } from '#contracts';
import { TestBroker, testBrokerUrl } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  secret,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';

let service: CredentialsUnderTest;
let broker: Awaited<ReturnType<typeof connect>>;
let channel: Awaited<ReturnType<typeof broker.createConfirmChannel>>;
beforeAll(async () => {
  service = await startCredentials();
  broker = await connect(testBrokerUrl());
  channel = await broker.createConfirmChannel();
  const watcher = await TestBroker.open();
  await waitFor(() => watcher.consumers(queues.credentialsTicketEvents));
  await watcher.close();
});
afterAll(async () => {
  await service.stop();
  await broker.close();
});

async function publish(standing: Standing): Promise<void> {
  const event = ticketEvent(
    'ticket.status.changed',
    { ...standing, previousStatus: 'open' },
    new Date(),
  );
  channel.publish(exchanges.ticket, event.type, Buffer.from(JSON.stringify(event)), {
    messageId: event.id,
    persistent: true,
  });
  await channel.waitForConfirms();
}

describe('when the ticket ends', () => {
  it.each(['resolved', 'closed'] as const)(
    '%s: the rows are deleted by the event, with a receipt, a log entry and one event, and every door is shut',
    async (status) => {
      const { ticketId, path, id } = await sharedTicket(service);
      await publish(service.tickets.set(ticketId, { status, phase: 1 }));
      await waitFor(async () => (await stored(service, ticketId)) === 0);
      expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject({
        status: 409,
        body: { code: 'ticket-ended' },
      });
      expect(await service.call('agent-1', 'POST', `${path}/reveal`)).toMatchObject({
        status: 409,
        body: { code: 'ticket-ended' },
      });
      expect(await service.call('agent-1', 'POST', `${path}/${id}/reveal`)).toMatchObject({
        status: 409,
      });
      expect(
        await service.call(
          'agent-1',
          'PATCH',
          `${path}/${id}`,
          { additionalInformation: 'x' },
          { 'if-match': '"1"' },
        ),
      ).toMatchObject({
        status: 409,
      });
      expect((await service.call('agent-1', 'GET', path)).body).toMatchObject({ items: [] });
      expect((await service.call('agent-1', 'DELETE', `${path}/${id}`)).status).toBe(404);
      const receipts = await service.call(
        'customer-1',
        'GET',
        `/v1/tickets/${ticketId}/destruction-receipts`,
      );
      expect(receipts.body.items).toEqual([
        expect.objectContaining({ reason: 'ticket-ended', credentialIds: [id] }),
      ]);
      const log = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
      expect(log.body.items).toContainEqual(
        expect.objectContaining({ action: 'destroy', credentialId: id, actorRole: 'system' }),
      );
    },
  );

  it('shuts every door before the event has come: the truth is asked once the lease is over, and after that nothing is revealed', async () => {
    const short = await startCredentials({ standingLeaseSeconds: 0 });
    try {
      short.tickets.set('L-1');
      await short.call('customer-1', 'POST', '/v1/tickets/L-1/credentials', secret);
      short.tickets.set('L-1', { status: 'closed', phase: 1 });
      expect(
        await short.call('agent-1', 'POST', '/v1/tickets/L-1/credentials/reveal'),
      ).toMatchObject({ status: 409 });
      expect(
        (await short.call('agent-1', 'GET', '/v1/tickets/L-1/credentials')).body.items,
      ).toEqual([]);
    } finally {
      await short.stop();
    }
  });

  it('survives a repeated, an old and a forged event', async () => {
    const { ticketId, path } = await sharedTicket(service);
    const ended = service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    await publish(ended);
    await waitFor(async () => (await stored(service, ticketId)) === 0);
    const reopened = service.tickets.set(ticketId, { status: 'open', phase: 2 });
    await publish(reopened);
    expect((await service.call('customer-1', 'POST', path, secret)).status).toBe(201);
    await publish(ended);
    await publish({ ...ended, phase: 999_999_999, version: 999_999_999 });
    const marker = await sharedTicket(service);
    await publish(service.tickets.set(marker.ticketId, { status: 'closed', phase: 1 }));
    await waitFor(async () => (await stored(service, marker.ticketId)) === 0);
    expect(await stored(service, ticketId)).toBe(1);
  });
});

describe('a submit that races with the end', () => {
  it('is refused when the end is committed between its question and its insert', async () => {
    const { ticketId, path } = await sharedTicket(service);
    service.tickets.before = async () => {
      service.tickets.before = () => Promise.resolve();
      await publish(service.tickets.set(ticketId, { status: 'closed', phase: 1 }));
      await waitFor(async () => (await stored(service, ticketId)) === 0);
    };
    expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
    expect(await stored(service, ticketId)).toBe(0);
  });

  it('cannot be stored by anybody under an ended gate: the database itself refuses', async () => {
    const { ticketId } = await sharedTicket(service);
    const copy = `
      INSERT INTO credential (
        ticket_id, id, bound_phase, number, submitted_by, submitted_at, expires_at,
        kek_id, wrapped_key, core, has_link
      )
      SELECT ticket_id, gen_random_uuid(), $2, 99, submitted_by, submitted_at, expires_at,
        kek_id, wrapped_key, core, has_link
      FROM credential
      WHERE ticket_id = $1`;
    await expect(service.database.query(copy, [ticketId, 1])).rejects.toThrow(
      /bound_to_a_live_phase/,
    );
    await expect(service.database.query(copy, [ticketId, 2])).rejects.toThrow(/gate_is_live/);
    await expect(
      service.database.query('UPDATE ticket_gate SET phase = 1 WHERE ticket_id = $1', [ticketId]),
    ).rejects.toThrow(/gate_is_live/);
  });
});
