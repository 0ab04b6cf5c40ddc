import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

describe('access', () => {
  it('is hidden from strangers, forbidden to those who may know, and never given back to the customer', async () => {
    const { path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const status = async (actor: string, method: string, at: string, body?: unknown) =>
      (await service.call(actor, method, at, body)).status;
    expect(await status('customer-2', 'POST', path, secret)).toBe(404);
    expect(await status('customer-2', 'GET', path)).toBe(404);
    expect(await status('agent-2', 'POST', `${path}/reveal`)).toBe(403);
    expect(await status('agent-2', 'GET', path)).toBe(403);
    expect(await status('admin-1', 'POST', `${path}/reveal`)).toBe(403);
    expect(await status('customer-1', 'POST', `${path}/reveal`)).toBe(403);
    expect(await status('agent-1', 'POST', path, secret)).toBe(403);
    expect(await status('customer-1', 'GET', '/v1/tickets/nowhere/credentials')).toBe(404);
  });

  it('answers the first fault of the order: 404 before 422, 422 before 428', async () => {
    const { path } = newTicket(service);
    expect((await service.call('customer-2', 'POST', path, { wrong: 1 })).status).toBe(404);
    expect((await service.call('customer-1', 'POST', path, { wrong: 1 })).status).toBe(422);
    expect((await service.call('customer-2', 'POST', path, '{broken')).status).toBe(400);
  });

  it('writes every action, refusals too, into one unbroken chain that shows addresses to admins only', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    await service.call('agent-2', 'POST', `${path}/reveal`);
    await service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'why' });
    const log = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    expect(
      log.body.items.map((entry: { seq: number; action: string; outcome: string }) => [entry.seq, entry.action, entry.outcome]),
    ).toEqual([
      [3, 'reveal', 'done'],
      [2, 'reveal', 'refused'],
      [1, 'submit', 'done'],
    ]);
    expect(log.body.items[0]).toMatchObject({ actorId: 'agent-1', reason: 'why', address: '127.0.0.1' });
    const own = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log?limit=2`);
    expect(own.body.items[0]).not.toHaveProperty('address');
    const rest = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log?limit=2&cursor=${own.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ seq: 1 }], nextCursor: null });
  });

  it('denies the service’s role to change or delete a line of the log', async () => {
    const role = new URL(service.database.serviceUrl).username;
    const granted = await service.database.query(
      'SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = $1 AND table_name = $2',
      [role, 'access_log'],
    );
    expect(granted.map((row) => row.privilege_type as string).sort()).toEqual(['INSERT', 'SELECT']);
  });
});
