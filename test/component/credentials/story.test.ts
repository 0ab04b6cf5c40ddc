import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

describe('a credential under a live ticket', () => {
  it('is revealed to the assignee exactly as it was submitted, and counted', async () => {
    const { path } = newTicket(service);
    const submitted = await service.call('customer-1', 'POST', path, secret);
    expect([submitted.status, submitted.headers.get('location')]).toEqual([
      201,
      `${path}/${submitted.body.id}`,
    ]);
    expect(submitted.body).toMatchObject({
      number: 1,
      submittedBy: 'customer-1',
      hasLink: true,
      hasAdditionalInformation: true,
      reveals: 0,
      noteVersion: 1,
    });
    expect(JSON.stringify(submitted.body)).not.toContain('shop-admin');
    const revealed = await service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'to look' });
    expect([revealed.status, revealed.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(revealed.body.items).toHaveLength(1);
    expect(revealed.body.items[0]).toMatchObject(secret);
    const listed = await service.call('customer-1', 'GET', path);
    expect(listed.body.items[0]).toMatchObject({
      reveals: 1,
      lastRevealedBy: 'agent-1',
      lastRevealedByName: 'Name of agent-1',
    });
  });

  it('is stored sealed: no column of any table holds a word of it', async () => {
    const { path } = newTicket(service);
    await service.call('customer-1', 'POST', path, {
      ...secret,
      username: 'canary-user',
      password: 'canary-password',
    });
    const rows = await service.database.query(
      `SELECT row_to_json(c)::text AS row, encode(core, 'escape') AS core FROM credential c`,
    );
    const outbox = await service.database.query('SELECT payload::text FROM outbox');
    expect(JSON.stringify([rows, outbox])).not.toMatch(/canary|ask for Jo|shop\.example/);
  });

  it('numbers its ticket’s credentials 1, 2, … and never gives a number twice', async () => {
    const { path } = newTicket(service);
    const [first, second] = [
      await service.call('customer-1', 'POST', path, secret),
      await service.call('customer-1', 'POST', path, secret),
    ];
    expect((await service.call('customer-1', 'DELETE', `${path}/${second.body.id}`)).status).toBe(
      204,
    );
    expect((await service.call('customer-1', 'DELETE', `${path}/${second.body.id}`)).status).toBe(
      404,
    );
    const third = await service.call('customer-1', 'POST', path, secret);
    expect([first.body.number, second.body.number, third.body.number]).toEqual([1, 2, 3]);
  });

  it('lets agents edit the note with If-Match, and nothing else', async () => {
    const { path } = newTicket(service);
    const { body } = await service.call('customer-1', 'POST', path, secret);
    const one = `${path}/${body.id}`;
    const edit = (change: object, etag?: string) =>
      service.call('agent-1', 'PATCH', one, change, etag === undefined ? {} : { 'if-match': etag });
    expect(await edit({ additionalInformation: 'new' }, '"1"')).toMatchObject({
      status: 200,
      body: { noteVersion: 2 },
    });
    expect(await edit({ additionalInformation: 'newer' }, '"1"')).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    });
    expect(await edit({ additionalInformation: 'newer' })).toMatchObject({
      status: 428,
      body: { code: 'precondition-required' },
    });
    expect(await edit({ password: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'immutable-field' },
    });
    expect((await service.call('agent-1', 'POST', `${one}/reveal`)).body).toMatchObject({
      ...secret,
      additionalInformation: 'new',
      noteVersion: 2,
    });
    expect(await edit({ additionalInformation: null }, '"2"')).toMatchObject({
      status: 200,
      body: { hasAdditionalInformation: false },
    });
  });

  it('holds at most 50 live credentials', async () => {
    const { path } = newTicket(service);
    for (let count = 0; count < 50; count += 1)
      expect((await service.call('customer-1', 'POST', path, secret)).status).toBe(201);
    expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject({
      status: 409,
      body: { code: 'too-many' },
    });
  });

  it('asks for a re-submission once, and a submission fulfils it', async () => {
    const { ticketId, path } = newTicket(service);
    const requests = `/v1/tickets/${ticketId}/credential-requests`;
    const first = await service.call('agent-1', 'POST', requests, { message: 'please' });
    const again = await service.call('agent-1', 'POST', requests, { message: 'please!' });
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id]);
    await service.call('customer-1', 'POST', path, secret);
    const listed = await service.call('customer-1', 'GET', requests);
    expect(listed.body.items).toEqual([
      expect.objectContaining({ id: first.body.id, fulfilledAt: expect.any(String) }),
    ]);
  });
});
