import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, queues, type TicketEvent, ticketEvent } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { valueOf } from '../../support/metrics.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
} from './harness.js';

let service: CredentialsUnderTest;
let replica: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials();
  replica = await replicaOf(service);
  broker = await TestBroker.open();
  await waitFor(async () => (await broker.consumers(queues.credentialsTicketEvents)) === 2);
});
afterAll(async () => {
  await replica.stop();
  await service.stop();
  await broker.close();
});

/** The ticket is given to somebody, and that is told. */
function assign(
  ticketId: string,
  assigneeId: string | null,
  by: Partial<TicketEvent['data']>,
): TicketEvent {
  const standing = service.tickets.set(ticketId, { assigneeId });
  return ticketEvent(
    'ticket.assigned',
    { ...standing, previousStatus: standing.status, ...by },
    new Date(),
  );
}
const deliver = (event: TicketEvent) =>
  broker.publish(exchanges.ticket, event.type, JSON.stringify(event), { messageId: event.id });

/** Of the ticket, the newest first, when so many are there. */
const entries = async (ticketId: string, count: number): Promise<any[]> =>
  waitFor(async () => {
    const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    return body.items.length >= count && body.items;
  });

/** How many events both replicas have done, none of them at a second try. */
async function done(): Promise<number> {
  const texts = await Promise.all(
    [service, replica].map(async ({ url }) => (await fetch(new URL('/metrics', url))).text()),
  );
  const count = (text: string) =>
    valueOf(text, 'messages_consumed_seconds_count', {
      queue: queues.credentialsTicketEvents,
      result: 'done',
    }) ?? 0;
  return texts.map(count).reduce((sum, one) => sum + one);
}

describe('an assignment of a ticket', () => {
  it('stands in the access log: who did it, in which role, whom it lets in, and by which event', async () => {
    const { ticketId, path } = newTicket(service, { assigneeId: null });
    await service.call('customer-1', 'POST', path, secret);
    const taken = assign(ticketId, 'agent-2', { actorId: 'agent-2', actorRole: 'agent' });
    await deliver(taken);
    const [entry] = await entries(ticketId, 2);
    expect(entry).toMatchObject({
      action: 'assign',
      actorId: 'agent-2',
      actorRole: 'agent',
      reason: 'agent-2',
      requestId: taken.id,
    });
    expect(entry).toMatchObject({ outcome: 'done', credentialId: null, address: null });
    await deliver(assign(ticketId, null, {}));
    const [left] = await entries(ticketId, 3);
    expect(left).toMatchObject({
      action: 'unassign',
      actorId: null,
      actorRole: 'system',
      reason: null,
    });
  });

  it('names as unknown, and not as the system, the role of a person that an older release did not tell', async () => {
    const { ticketId } = newTicket(service);
    await deliver(assign(ticketId, 'agent-2', { actorId: 'agent-2' }));
    expect((await entries(ticketId, 1))[0]).toMatchObject({
      action: 'assign',
      actorId: 'agent-2',
      actorRole: 'unknown',
    });
  });

  it('stands there once, however often and at how many replicas its event comes', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const [first, second] = ['agent-2', 'agent-3'].map((agent) =>
      assign(ticketId, agent, { actorId: 'admin-1', actorRole: 'admin' }),
    );
    const before = await done();
    await Promise.all(Array.from({ length: 10 }, () => deliver(second!)));
    await Promise.all([deliver(first!), deliver(second!)]);
    await waitFor(async () => (await done()) === before + 12);
    const ids = (await entries(ticketId, 3)).map(({ requestId }) => requestId as string);
    expect(ids.slice(0, -1).sort()).toEqual([first!.id, second!.id].sort());
  });

  it('stands there, once, where nothing was shared yet, and is the first to be read when something is', async () => {
    const { ticketId, path } = newTicket(service);
    const taken = assign(ticketId, 'agent-2', { actorId: 'agent-2', actorRole: 'agent' });
    await Promise.all(Array.from({ length: 5 }, () => deliver(taken)));
    await entries(ticketId, 1);
    expect(
      await service.database.query('SELECT FROM ticket_gate WHERE ticket_id = $1', [ticketId]),
    ).toEqual([]);
    await service.call('customer-1', 'POST', path, secret);
    const all = await entries(ticketId, 2);
    expect(all.map(({ action, requestId }) => [action, requestId === taken.id])).toEqual([
      ['submit', false],
      ['assign', true],
    ]);
  });
});
