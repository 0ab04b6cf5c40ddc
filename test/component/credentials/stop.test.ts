import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exchanges, queues, ticketEvent } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

const queue = queues.credentialsTicketEvents;
const listener = 'test.credential-events';
let broker: TestBroker;
let service: CredentialsUnderTest;
let release: () => void;

beforeAll(async () => {
  broker = await TestBroker.open();
});
afterAll(async () => {
  await broker.deleteQueues(listener);
  await broker.close();
});

/**
 * A service that holds a credential, and is about to learn of the end of its ticket: it
 * has the message and waits for an answer.
 */
beforeEach(async () => {
  await broker.deleteQueues(listener);
  service = await startCredentials();
  await waitFor(() => broker.consumers(queue));
  await broker.act(async (channel) => {
    await channel.purgeQueue(queue);
    await channel.assertExchange(exchanges.credential, 'topic', { durable: true });
    await channel.assertQueue(listener, { durable: true });
    await channel.bindQueue(listener, exchanges.credential, 'credentials.destroyed');
  });
  const { ticketId, path } = newTicket(service);
  expect((await service.call('customer-1', 'POST', path, secret)).status).toBe(201);
  const standing = service.tickets.set(ticketId, { status: 'closed', phase: 3 });
  const asked = new Promise<void>((resolve) => {
    service.tickets.before = () => {
      resolve();
      return new Promise((answer) => (release = answer));
    };
  });
  // Not the next phase, so it is a reason to ask and not more.
  const event = ticketEvent(
    'ticket.status.changed',
    { ...standing, previousStatus: 'open' },
    new Date(),
  );
  await broker.publish(exchanges.ticket, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
  await asked;
});

describe('a service that is stopped while it handles a message', () => {
  it('finishes it, and publishes what came of it, before it lets go of database and broker', async () => {
    const stopped = service.stop();
    release();
    await stopped;
    expect((await broker.take(listener)).fields.routingKey).toBe('credentials.destroyed');
    expect(await broker.depth(queue)).toBe(0);
  });

  it('does not wait for ever for a handler that hangs: the message goes back to its queue', async () => {
    await service.stop();
    expect(await broker.depth(listener)).toBe(0);
    await waitFor(async () => (await broker.depth(queue)) === 1);
    release();
  });
});
