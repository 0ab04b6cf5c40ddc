import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let bob: Client;
let agent: Client;
let admin: Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer'], 'Ann');
  bob = await stage.as('bob', ['customer']);
  agent = await stage.as('alex', ['agent'], 'Alex');
  admin = await stage.as('eve', ['admin']);
});
afterAll(() => stage.stop());

describe('PATCH /v1/tickets/{id}', () => {
  it('moves version and ETag with every change and with nothing else', async () => {
    const path = `/v1/tickets/${await ann.open()}`;
    const step = async (client: Client, body: object) => {
      const { status, body: ticket, headers } = await client.patch(path, body);
      return [status, ticket.status, ticket.version, headers.get('etag')];
    };
    expect(await step(agent, { status: 'pending' })).toEqual([200, 'pending', 2, '"2"']);
    expect(await step(agent, { status: 'pending' })).toEqual([200, 'pending', 2, '"2"']);
    expect(await step(agent, {})).toEqual([200, 'pending', 2, '"2"']);
    expect(await step(ann, { status: 'resolved' })).toEqual([200, 'resolved', 3, '"3"']);
    expect(await step(ann, { status: 'open' })).toEqual([200, 'open', 4, '"4"']);
    expect(await step(admin, { status: 'on_hold', assigneeId: 'alex' })).toEqual([
      200,
      'on_hold',
      5,
      '"5"',
    ]);
    expect(await step(ann, { status: 'closed' })).toEqual([200, 'closed', 6, '"6"']);
    expect(await step(ann, { status: 'closed' })).toEqual([200, 'closed', 6, '"6"']);
    expect(await step(agent, { assigneeId: null })).toEqual([200, 'closed', 7, '"7"']);
  });

  it('knows the name of an agent who takes the ticket, and of nobody else', async () => {
    const path = `/v1/tickets/${await ann.open()}`;
    expect((await agent.patch(path, { assigneeId: 'alex' })).body).toMatchObject({
      assigneeId: 'alex',
      assigneeName: 'Alex',
    });
    const other = (await agent.patch(path, { assigneeId: 'zoe' })).body;
    expect([other.assigneeId, 'assigneeName' in other]).toEqual(['zoe', false]);
    expect((await agent.patch(path, { assigneeId: null })).body.assigneeId).toBeNull();
  });

  it('ends and reopens by the requester, who may do nothing else (403 before 422)', async () => {
    const path = `/v1/tickets/${await ann.open()}`;
    for (const body of [
      { status: 'pending' },
      { status: 'on_hold', bogus: 1 },
      { assigneeId: 'ann' },
      { assigneeId: null, status: 7 },
    ]) {
      expect(await ann.patch(path, body)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
    expect(await ann.patch(path, { status: 'bogus' })).toMatchObject({ status: 422 });
    expect((await bob.patch(path, { status: 'closed' })).status).toBe(404);
    expect((await ann.get(path)).body.version).toBe(1);
  });

  it.each(['open', 'pending', 'on_hold', 'resolved'])(
    'leaves a closed ticket closed: %s is 409',
    async (status) => {
      const path = `/v1/tickets/${await ann.open()}`;
      await agent.patch(path, { status: 'closed' });
      expect(await agent.patch(path, { status })).toMatchObject({
        status: 409,
        body: { code: 'closed-is-final' },
      });
      expect((await agent.get(path)).body).toMatchObject({ status: 'closed', version: 2 });
    },
  );

  it('leaves the status of a mirrored ticket to its home, and assigns it', async () => {
    await plantMirrored('legacy:1');
    expect(await agent.patch('/v1/tickets/legacy:1', { status: 'closed' })).toMatchObject({
      status: 409,
      body: { code: 'owned-by-home' },
    });
    expect(
      await agent.patch('/v1/tickets/legacy:1', { status: 'open', assigneeId: 'alex' }),
    ).toMatchObject({
      status: 200,
      body: { version: 5 },
    });
  });

  it.each<[string, unknown]>([
    ['/status', { status: null }],
    ['/status', { status: 'OPEN' }],
    ['/assigneeId', { assigneeId: 'agent-1 ' }],
    ['/assigneeId', { assigneeId: 7 }],
    ['/version', { version: 9 }],
    ['/phase', { phase: 2 }],
    ['/constructor', { constructor: {} }],
  ])('answers 422 for a fault at %s and changes nothing', async (pointer, body) => {
    const path = `/v1/tickets/${await ann.open()}`;
    expect(await agent.patch(path, body)).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer }] },
    });
    expect((await agent.get(path)).body.version).toBe(1);
  });
});

const plantMirrored = (id: string) =>
  stage.database.query(
    `INSERT INTO ticket (
       id, home, subject, status, version, phase, requester_id, created_at, updated_at
     )
     VALUES ($1, '/legacy-desk', 'old', 'open', 4, 0, 'ann', now(), now())`,
    [id],
  );
