import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor, waitUntilPasses } from '../support/wait-for.js';
import { startSystem, type System } from './system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop(), 30_000);

const secret = {
  username: 'shop-admin',
  password: ' p"ä\\ss\n🔑 ',
  link: 'https://shop.example/admin?x=1#y',
  additionalInformation: 'until Friday',
};

/**
 * The first sentence of the product: opened, shared, read, resolved, gone. Three
 * processes, PostgreSQL, RabbitMQ, HTTP.
 */
describe('a customer shares credentials under a ticket and the agent on it reads them', () => {
  let ticket: string;
  let credentials: string;
  let first: string;

  it('opens a ticket and shares', async () => {
    const opened = await system.call('customer-1', 'POST', '/v1/tickets', {
      subject: 'Shop is down',
      description: 'Since today',
    });
    expect(opened).toMatchObject({
      status: 201,
      body: { status: 'open', version: 1, requesterId: 'customer-1', home: '/tickets' },
    });
    expect(opened.headers.get('etag')).toBe('"1"');
    ticket = `/v1/tickets/${opened.body.id}`;
    credentials = `${ticket}/credentials`;
    expect(opened.headers.get('location')).toBe(ticket);
    const shared = await system.call('customer-1', 'POST', credentials, secret);
    expect(shared).toMatchObject({ status: 201, body: { number: 1, hasLink: true } });
    first = `${credentials}/${shared.body.id}`;
  });

  it('keeps them from everybody but the assignee', async () => {
    expect((await system.call('customer-2', 'GET', credentials)).status).toBe(404);
    expect((await system.call('agent-1', 'POST', `${credentials}/reveal`)).status).toBe(403);
    expect(
      (await system.call('agent-1', 'PATCH', ticket, { assigneeId: 'agent-1' })).body,
    ).toMatchObject({
      assigneeId: 'agent-1',
      version: 2,
    });
    const revealed = await system.call('agent-1', 'POST', `${credentials}/reveal`, {
      reason: 'to look',
    });
    expect(revealed).toMatchObject({ status: 200, body: { items: [secret] } });
    expect(revealed.headers.get('cache-control')).toBe('no-store');
  });

  it('tells the customer who was let at them, and by whom', async () => {
    const entry = {
      action: 'assign',
      actorId: 'agent-1',
      actorRole: 'agent',
      reason: 'agent-1',
      outcome: 'done',
    };
    await waitUntilPasses(async () => {
      const log = await system.call('customer-1', 'GET', `${ticket}/access-log`);
      expect(log.body.items).toContainEqual(expect.objectContaining(entry));
    }, 20_000);
  });

  it('appears in no list, reply or event', async () => {
    await system.call('agent-1', 'POST', `${ticket}/replies`, { body: 'I have them, thank you' });
    const pages = await Promise.all(
      ['', '/replies', '/credentials', '/access-log', '/credential-requests'].map((end) =>
        system.call('customer-1', 'GET', ticket + end),
      ),
    );
    expect(JSON.stringify(pages.map(({ body }) => body))).not.toMatch(
      /shop-admin|until Friday|shop\.example/,
    );
  });

  it('is destroyed when the ticket is resolved, without a hand', async () => {
    expect(
      (await system.call('agent-1', 'PATCH', ticket, { status: 'resolved' })).body,
    ).toMatchObject({ status: 'resolved' });
    await waitFor(async () => (await system.credentialRows()) === 0);
  });

  it('after the end: submit, reveal and edit answer 409, the rows are gone and the list is empty', async () => {
    for (const [actor, method, path, body] of [
      ['customer-1', 'POST', credentials, secret],
      ['agent-1', 'POST', `${credentials}/reveal`, {}],
      ['agent-1', 'POST', `${first}/reveal`, {}],
      ['agent-1', 'PATCH', first, { additionalInformation: 'x' }],
    ] as const) {
      const answer = await system.call(
        actor,
        method,
        path,
        body,
        method === 'PATCH' ? { 'if-match': '"1"' } : {},
      );
      expect(answer).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
    }
    expect((await system.call('customer-1', 'GET', credentials)).body.items).toEqual([]);
    expect((await system.call('agent-1', 'GET', first)).status).toBe(404);
    const receipts = await system.call('customer-1', 'GET', `${ticket}/destruction-receipts`);
    expect(receipts.body.items).toMatchObject([{ reason: 'ticket-ended' }]);
  });

  it('can be shared anew after reopening', async () => {
    expect((await system.call('customer-1', 'PATCH', ticket, { status: 'open' })).status).toBe(200);
    expect((await system.call('customer-1', 'POST', credentials, secret)).body).toMatchObject({
      number: 2,
    });
    expect(
      (await system.call('agent-1', 'POST', `${credentials}/reveal`)).body.items,
    ).toMatchObject([secret]);
  });
});
