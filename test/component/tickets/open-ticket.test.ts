import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidPattern } from '#contracts';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let bob: Client;
let agent: Client;
let admin: Client;

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer'], 'Ann');
  bob = await stage.as('bob', ['customer']);
  agent = await stage.as('alex', ['agent'], 'Alex');
  admin = await stage.as('eve', ['admin']);
});
afterAll(() => stage.stop());

describe('POST /v1/tickets', () => {
  it('opens a ticket for the customer who asks, with Location and ETag', async () => {
    const { status, headers, body } = await ann.post('/v1/tickets', {
      subject: 'Login fails',
      description: 'Since today',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(uuidPattern),
      subject: 'Login fails',
      description: 'Since today',
      status: 'open',
      version: 1,
      requesterId: 'ann',
      requesterName: 'Ann',
      assigneeId: null,
      home: '/tickets',
      createdAt: expect.stringMatching(rfc3339),
      updatedAt: body.createdAt,
    });
    expect([headers.get('location'), headers.get('etag')]).toEqual([
      `/v1/tickets/${body.id as string}`,
      '"1"',
    ]);
  });

  it('lets an agent open one for a requester, whose name it does not know', async () => {
    const { status, body } = await agent.post('/v1/tickets', { subject: 'x', requesterId: 'bob' });
    expect([status, body.requesterId, 'requesterName' in body]).toEqual([201, 'bob', false]);
  });

  it('wants an agent to say for whom', async () => {
    const { status, body } = await agent.post('/v1/tickets', { subject: 'x' });
    expect([status, body.code, body.errors]).toMatchObject([
      422,
      'invalid',
      [{ pointer: '/requesterId' }],
    ]);
    const both = await stage.as('carl', ['customer', 'agent']);
    expect((await both.post('/v1/tickets', { subject: 'x' })).body.requesterId).toBe('carl');
  });

  it.each([
    ['a customer for somebody else', ['customer'], { requesterId: 'bob' }],
    ['an admin', ['admin'], {}],
    ['a service', ['service'], {}],
    ['nobody in particular', [], {}],
  ] as const)('forbids it to %s, before it looks at the rest', async (_who, roles, body) => {
    const client = await stage.as('ann', roles);
    expect(await client.post('/v1/tickets', { ...body, bogus: 1 })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it.each<[string, unknown]>([
    ['/subject', {}],
    ['/subject', { subject: '' }],
    ['/subject', { subject: 'x'.repeat(201) }],
    ['/subject', { subject: 7 }],
    ['/subject', { subject: 'a\0' }],
    ['/description', { subject: 'x', description: 'x'.repeat(10_001) }],
    ['/status', { subject: 'x', status: 'closed' }],
    ['', []],
    ['', 'text'],
  ])('answers 422 for a fault at "%s"', async (pointer, body) => {
    const answer = await ann.post('/v1/tickets', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ pointer }] } });
  });

  it('does without a name that cannot be stored', async () => {
    const odd = await stage.as('odd', ['customer'], 'a\0b');
    const { status, body } = await odd.post('/v1/tickets', { subject: 'x' });
    expect([status, body.requesterId, 'requesterName' in body]).toEqual([201, 'odd', false]);
  });

  it('counts characters as people do', async () => {
    expect(
      (
        await ann.post('/v1/tickets', {
          subject: '😀'.repeat(200),
          description: '€'.repeat(10_000),
        })
      ).status,
    ).toBe(201);
  });
});

describe('GET /v1/tickets/{id}', () => {
  it('shows the ticket to its requester, agents and admins', async () => {
    const id = await ann.open();
    for (const client of [ann, agent, admin]) {
      const shown = await client.get(`/v1/tickets/${id}`);
      expect(shown).toMatchObject({ status: 200, body: { id, version: 1 } });
      expect(shown.headers.get('etag')).toBe('"1"');
    }
  });

  it("answers the same 404 for another's ticket, an unknown one and an impossible id", async () => {
    const id = await ann.open();
    const service = await stage.as('s', ['service']);
    const answers = [
      await bob.get(`/v1/tickets/${id}`),
      await service.get(`/v1/tickets/${id}`),
      await bob.get('/v1/tickets/0190f0aa-0000-7000-8000-000000000000'),
      await bob.get('/v1/tickets/%00'),
      await bob.get(`/v1/tickets/${'x'.repeat(129)}`),
      await bob.get('/v1/tickets/-x'),
    ];
    for (const { status, body } of answers) {
      expect([status, { ...body, requestId: 0 }]).toEqual([
        404,
        { ...answers[2]!.body, requestId: 0 },
      ]);
    }
  });
});
