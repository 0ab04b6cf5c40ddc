import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CredentialsUnderTest,
  newTicket,
  secret,
  startCredentials,
  stored,
} from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

/** customer-1 has shared; then the home named customer-2, who shares too. */
async function handedOver() {
  const ticket = newTicket(service);
  const before = (await service.call('customer-1', 'POST', ticket.path, secret)).body;
  service.tickets.set(ticket.ticketId, { requesterId: 'customer-2' });
  const after = (await service.call('customer-2', 'POST', ticket.path, secret)).body;
  return { ...ticket, before: before.id as string, after: after.id as string };
}

const statusOf = async (actor: string, method: string, at: string, body?: unknown) =>
  (await service.call(actor, method, at, body)).status;
const idsOf = async (actor: string, path: string): Promise<string[]> =>
  (await service.call(actor, 'GET', path)).body.items.map(({ id }: { id: string }) => id);

describe('who submitted a credential', () => {
  it('withdraws it after the ticket became somebody else’s, with a receipt and an entry in the log', async () => {
    const { ticketId, path, before, after } = await handedOver();
    expect(await statusOf('customer-1', 'DELETE', `${path}/${before}`)).toBe(204);
    expect(await idsOf('agent-1', path)).toEqual([after]);
    const log = (await service.call('customer-2', 'GET', `/v1/tickets/${ticketId}/access-log`)).body
      .items;
    expect(log[0]).toMatchObject({
      actorId: 'customer-1',
      action: 'destroy',
      credentialId: before,
      outcome: 'done',
      reason: 'withdrawn',
    });
    const receipts = (
      await service.call('customer-2', 'GET', `/v1/tickets/${ticketId}/destruction-receipts`)
    ).body.items;
    expect(receipts).toMatchObject([{ reason: 'withdrawn', credentialIds: [before] }]);
    expect(await statusOf('customer-1', 'DELETE', `${path}/${before}`)).toBe(404);
  });

  it('sees that it is there, and nothing else of a ticket that is somebody else’s, as if there were none', async () => {
    const { ticketId, path, before, after } = await handedOver();
    expect(await idsOf('customer-1', path)).toEqual([before]);
    expect(await statusOf('customer-1', 'GET', `${path}/${before}`)).toBe(200);
    const ticket = `/v1/tickets/${ticketId}`;
    const closed = [
      ['GET', `${path}/${after}`],
      ['DELETE', `${path}/${after}`],
      ['POST', path, secret],
      ['POST', `${path}/reveal`],
      ['POST', `${path}/${before}/reveal`],
      ['PATCH', `${path}/${before}`, { additionalInformation: 'x' }],
      ['GET', `${ticket}/credential-requests`],
      ['POST', `${ticket}/credential-requests`, {}],
      ['GET', `${ticket}/access-log`],
      ['GET', `${ticket}/destruction-receipts`],
      ['GET', `${ticket}/stream`],
    ] as const;
    for (const [method, at, body] of closed)
      expect([at, await statusOf('customer-1', method, at, body)]).toEqual([at, 404]);
    expect(await statusOf('customer-1', 'DELETE', `${path}/${before}`)).toBe(204);
    expect(await statusOf('customer-1', 'GET', path)).toBe(404);
    expect(await idsOf('agent-1', path)).toEqual([after]);
  });

  it('sees no more, once the ticket has ended, than somebody who never shared anything', async () => {
    const { ticketId, path, before } = await handedOver();
    service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    expect(await statusOf('customer-1', 'GET', path)).toBe(404);
    expect(await statusOf('customer-1', 'GET', `${path}/${before}`)).toBe(404);
  });

  it('withdraws it also while nobody can say whose ticket it is, or the answer is in doubt', async () => {
    const { ticketId, path, before, after } = await handedOver();
    service.tickets.reachable = false;
    const first = await statusOf('customer-1', 'DELETE', `${path}/${before}`);
    service.tickets.reachable = true;
    service.tickets.answers.delete(ticketId);
    expect([first, await statusOf('customer-2', 'DELETE', `${path}/${after}`)]).toEqual([204, 204]);
    expect(await stored(service, ticketId)).toBe(0);
  });
});

describe('the new requester', () => {
  it('sees that something of somebody else’s is there, never its content, and may not destroy it', async () => {
    const { path, before, after } = await handedOver();
    const { items } = (await service.call('customer-2', 'GET', path)).body;
    expect(items).toMatchObject([
      { id: before, submittedBy: 'customer-1' },
      { id: after, submittedBy: 'customer-2' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/shop|Jo|pässwörd/);
    expect(await statusOf('customer-2', 'DELETE', `${path}/${before}`)).toBe(403);
    expect(await statusOf('agent-1', 'DELETE', `${path}/${before}`)).toBe(204);
  });
});
