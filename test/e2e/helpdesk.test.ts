import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChannelModel, connect } from 'amqplib';
import { testBrokerUrl } from '../support/broker.js';
import { waitFor } from '../support/wait-for.js';
import { startSystem, type System } from './system.js';

let system: System;
let broker: ChannelModel;
beforeAll(async () => {
  system = await startSystem();
  broker = await connect(testBrokerUrl());
}, 120_000);
afterAll(async () => {
  await broker.close();
  await system.stop();
}, 30_000);

const ticketId = `legacy:e2e-${process.pid}`;
const ticket = `/v1/tickets/${ticketId}`;
const credentials = `${ticket}/credentials`;
const secret = { username: 'printer', password: 'toner' };

/** As any service does it that knows no code of ours. */
async function publish(data: Record<string, unknown>): Promise<void> {
  const channel = await broker.createConfirmChannel();
  await channel.assertExchange('helpdesk.events', 'topic', { durable: true });
  const type = 'ticket.status.changed';
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/legacy-desk',
    type,
    subject: ticketId,
    data: { ticketId, ...data },
  };
  const body = Buffer.from(JSON.stringify(event));
  channel.publish('helpdesk.events', type, body, {
    persistent: true,
    messageId: event.id,
    contentType: 'application/cloudevents+json',
  });
  await channel.waitForConfirms();
  await channel.close();
}

const becomes = (facts: Record<string, unknown>) =>
  waitFor(async () => {
    const { body } = await system.call('agent-1', 'GET', ticket);
    return Object.entries(facts).every(([field, value]) => body[field] === value);
  });

const receipts = async () =>
  (await system.call('customer-1', 'GET', `${ticket}/destruction-receipts`)).body.items;

/**
 * One service says that a ticket is there, a customer shares under it, and the same
 * service ends it: no call of our API in between.
 */
describe('a ticket whose home is another service', () => {
  it('is there after its event, and its requester shares credentials under it', async () => {
    await publish({
      status: 'open',
      version: 1,
      requesterId: 'customer-1',
      subject: 'Printer is offline',
    });
    await becomes({
      status: 'open',
      home: '/legacy-desk',
      subject: 'Printer is offline',
      requesterId: 'customer-1',
    });
    expect(
      (await system.call('customer-1', 'GET', '/v1/tickets?home=/legacy-desk')).body.items,
    ).toMatchObject([{ id: ticketId }]);
    expect(await system.call('customer-1', 'POST', credentials, secret)).toMatchObject({
      status: 201,
      body: { number: 1 },
    });
    expect((await system.call('customer-2', 'GET', credentials)).status).toBe(404);
  });

  it('is taken and read by an agent here, who cannot end it', async () => {
    expect((await system.call('agent-1', 'PATCH', ticket, { assigneeId: 'agent-1' })).status).toBe(
      200,
    );
    expect((await system.call('agent-1', 'POST', `${credentials}/reveal`)).body).toMatchObject({
      items: [secret],
    });
    const refused = await system.call('agent-1', 'PATCH', ticket, { status: 'resolved' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'owned-by-home' } });
  });

  it('has its credentials destroyed when its home resolves it, with a receipt', async () => {
    await publish({ status: 'resolved', version: 2 });
    await waitFor(async () => (await system.credentialRows()) === 0);
    expect(await receipts()).toMatchObject([{ reason: 'ticket-ended' }]);
    expect(await system.call('agent-1', 'POST', `${credentials}/reveal`)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
  });

  it('has what was shared before an end destroyed, though the reopening is heard of first', async () => {
    await publish({ status: 'open', version: 3 });
    await becomes({ status: 'open' });
    expect((await system.call('customer-1', 'POST', credentials, secret)).status).toBe(201);
    await publish({ status: 'pending', version: 5 });
    await becomes({ status: 'pending' });
    expect(await system.credentialRows()).toBe(1);
    await publish({ status: 'closed', version: 4 });
    await waitFor(async () => (await system.credentialRows()) === 0);
    expect(await receipts()).toHaveLength(2);
    await becomes({ status: 'pending' });
    expect((await system.call('customer-1', 'POST', credentials, secret)).body).toMatchObject({
      number: 3,
    });
  });
});
