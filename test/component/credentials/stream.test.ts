import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({
    standingLeaseSeconds: 60,
    limits: { reveals: 2, submits: 2 },
  });
});
afterAll(() => service.stop());

const mayListen = async (ticketId: string) =>
  (await service.call('agent-1', 'GET', `/v1/tickets/${ticketId}/stream`)).status;

describe('the permission to listen', () => {
  it('rests on what tickets says now, also while a cached standing still permits other things', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const reveal = async () => (await service.call('agent-1', 'POST', `${path}/reveal`)).status;
    expect([await reveal(), await mayListen(ticketId)]).toEqual([200, 204]);
    service.tickets.set(ticketId, { assigneeId: null });
    expect([await reveal(), await mayListen(ticketId)]).toEqual([200, 403]);
  });

  it('is no matter of rate limits', async () => {
    const { ticketId } = newTicket(service);
    for (let count = 0; count < 10; count += 1) expect(await mayListen(ticketId)).toBe(204);
  });
});
