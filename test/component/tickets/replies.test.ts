import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidPattern } from '#contracts';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;
let id: string;
let path: string;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer'], 'Ann');
  agent = await stage.as('alex', ['agent']);
});
beforeEach(async () => {
  id = await ann.open();
  path = `/v1/tickets/${id}/replies`;
});
afterAll(() => stage.stop());

describe('replies', () => {
  it('are written by the requester and by agents, and leave the ticket as it is', async () => {
    const { status, body } = await ann.post(path, { body: ' kept as sent \n' });
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(uuidPattern),
        authorId: 'ann',
        authorName: 'Ann',
        body: ' kept as sent \n',
        createdAt: expect.any(String),
      },
    ]);
    expect((await agent.post(path, { body: 'b' })).body).toMatchObject({ authorId: 'alex' });
    expect((await ann.get(`/v1/tickets/${id}`)).body.version).toBe(1);
  });

  it('are hidden from strangers, and not for admins', async () => {
    const bob = await stage.as('bob', ['customer']);
    const admin = await stage.as('eve', ['admin']);
    for (const [client, status] of [
      [bob, 404],
      [admin, 403],
    ] as const) {
      expect([
        (await client.post(path, { bogus: 1 })).status,
        (await client.get(path)).status,
      ]).toEqual([status, status]);
    }
    expect((await ann.get(path)).body.items).toEqual([]);
  });

  it('are listed page by page, oldest first', async () => {
    for (const body of ['1', '2', '3', '4', '5']) await ann.post(path, { body });
    const first = await agent.get(`${path}?limit=2`);
    await ann.post(path, { body: '6' });
    const second = await agent.get(`${path}?limit=2&cursor=${String(first.body.nextCursor)}`);
    const third = await agent.get(`${path}?limit=2&cursor=${String(second.body.nextCursor)}`);
    const texts = [first, second, third].map((page) => page.body.items.map(({ body }) => body));
    expect([...texts, third.body.nextCursor]).toEqual([['1', '2'], ['3', '4'], ['5', '6'], null]);
  });

  it.each<[string, unknown]>([
    ['/body', {}],
    ['/body', { body: '' }],
    ['/body', { body: 'x'.repeat(10_001) }],
    ['/body', { body: null }],
    ['/authorId', { body: 'x', authorId: 'bob' }],
  ])('with a fault at %s are 422 and not kept', async (pointer, body) => {
    expect(await ann.post(path, body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    });
    expect((await ann.get(path)).body.items).toEqual([]);
  });

  it.each(['limit=0', 'cursor=x', 'bogus=1', 'status=open'])(
    'refuse %s with the name of the parameter',
    async (query) => {
      expect(await ann.get(`${path}?${query}`)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: query.split('=')[0] }] },
      });
    },
  );
});
