import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '#postgres';
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

  it('lets a requester withdraw what it submitted itself, and delete the rest only as the agent on the ticket', async () => {
    const { ticketId, path } = newTicket(service);
    const submitted = await service.call('customer-1', 'POST', path, secret);
    const remove = async () =>
      (await service.call('customer+agent-3', 'DELETE', `${path}/${submitted.body.id}`)).status;
    service.tickets.set(ticketId, { requesterId: 'customer+agent-3' });
    expect(await remove()).toBe(403);
    service.tickets.set(ticketId, { assigneeId: 'customer+agent-3' });
    expect(await remove()).toBe(204);
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
      log.body.items.map((entry: { seq: number; action: string; outcome: string }) => [
        entry.seq,
        entry.action,
        entry.outcome,
      ]),
    ).toEqual([
      [3, 'reveal', 'done'],
      [2, 'reveal', 'refused'],
      [1, 'submit', 'done'],
    ]);
    expect(log.body.items[0]).toMatchObject({
      actorId: 'agent-1',
      reason: 'why',
      address: '127.0.0.1',
    });
    const own = await service.call(
      'customer-1',
      'GET',
      `/v1/tickets/${ticketId}/access-log?limit=2`,
    );
    expect(own.body.items[0]).not.toHaveProperty('address');
    const rest = await service.call(
      'customer-1',
      'GET',
      `/v1/tickets/${ticketId}/access-log?limit=2&cursor=${own.body.nextCursor}`,
    );
    expect(rest.body).toMatchObject({ items: [{ seq: 1 }], nextCursor: null });
  });

  it('writes the address that the gateway tells, without port and brackets, and its own where that is none', async () => {
    const { ticketId, path } = newTicket(service);
    for (const told of ['203.0.113.60:50001', '[2001:DB8::1]:443', 'unknown', ''])
      await service.call('agent-1', 'POST', `${path}/reveal`, undefined, {
        'x-client-address': told,
      });
    const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    const addresses = body.items.map(({ address }: { address: string }) => address);
    expect(addresses).toEqual(['127.0.0.1', '127.0.0.1', '2001:db8::1', '203.0.113.60']);
  });
});

describe('the access log', () => {
  it('can be changed, cut or emptied by nobody who runs as the service: the database refuses', async () => {
    const { ticketId, path } = newTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const database = await connect({ url: service.database.serviceUrl });
    const refused = [
      "UPDATE access_log SET actor_id = 'somebody'",
      'UPDATE access_log SET actor_name = NULL',
      'DELETE FROM access_log',
      'TRUNCATE access_log',
      'DELETE FROM access_log_head',
      'TRUNCATE access_log_head',
      'UPDATE audit_checkpoint SET jws = jws',
      'DELETE FROM audit_checkpoint_head',
      'DROP TABLE access_log',
      'ALTER TABLE access_log DISABLE TRIGGER ALL',
    ];
    for (const statement of refused)
      await expect(database.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    await database.destroy();
    expect(
      await service.database.query('SELECT seq FROM access_log WHERE ticket_id = $1', [ticketId]),
    ).toEqual([{ seq: 1 }]);
  });

  it('has a line for each attempt that failed by a fault of ours, whatever it was', async () => {
    const { ticketId, path } = newTicket(service);
    const one = `${path}/${(await service.call('customer-1', 'POST', path, secret)).body.id}`;
    const requests = `/v1/tickets/${ticketId}/credential-requests`;
    const request = `${requests}/${(await service.call('agent-1', 'POST', requests)).body.id}`;
    await service.database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE 'refused'; END $$`,
    );
    try {
      for (const event of [
        'INSERT OR UPDATE OR DELETE ON credential',
        'DELETE ON credential_request',
        'INSERT ON outbox',
      ])
        await service.database.query(
          `CREATE TRIGGER refuse BEFORE ${event} FOR EACH ROW EXECUTE FUNCTION refuse()`,
        );
      const note = { additionalInformation: 'x' };
      const answers = [
        await service.call('customer-1', 'POST', path, secret),
        await service.call('agent-1', 'POST', `${one}/reveal`),
        await service.call('agent-1', 'PATCH', one, note, { 'if-match': '*' }),
        await service.call('agent-1', 'DELETE', one),
        await service.call('agent-1', 'DELETE', request),
      ];
      expect(answers.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
    } finally {
      await service.database.query('DROP FUNCTION refuse CASCADE');
    }
    const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    const failed = body.items.filter(({ outcome }: { outcome: string }) => outcome === 'failed');
    expect(failed.map(({ action }: { action: string }) => action).reverse()).toEqual([
      'submit',
      'reveal',
      'edit',
      'delete',
      'withdraw-request',
    ]);
  });
});
