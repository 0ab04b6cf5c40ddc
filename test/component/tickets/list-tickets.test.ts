import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;
const ids: Record<string, string> = {};

const idsOf = (answer: Awaited<ReturnType<Client['get']>>) => answer.body.items.map(({ id }) => id);

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
  const bob = await stage.as('bob', ['customer']);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) ids[name] = await ann.open({ subject: name });
  ids.b1 = await bob.open();
  await agent.patch(`/v1/tickets/${ids.a1}`, { assigneeId: 'alex' });
  await agent.patch(`/v1/tickets/${ids.b1}`, { assigneeId: 'zoe', status: 'pending' });
  await stage.database.query(
    `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
     VALUES ('legacy:1', '/legacy-desk', 'old', 'open', 1, 0, '2001-01-01', '2001-01-01')`,
  );
});
afterAll(() => stage.stop());

describe('GET /v1/tickets', () => {
  it('shows a customer their own, the newest change first', async () => {
    const answer = await ann.get('/v1/tickets');
    expect(idsOf(answer)).toEqual([ids.a1, ids.a5, ids.a4, ids.a3, ids.a2]);
    expect(answer.body.nextCursor).toBeNull();
  });

  it('shows agents and admins all', async () => {
    const admin = await stage.as('eve', ['admin']);
    for (const client of [agent, admin])
      expect(idsOf(await client.get('/v1/tickets'))).toHaveLength(7);
  });

  it('is not for a service, nor for a token without a role', async () => {
    for (const roles of [['service'], []] as const)
      expect((await (await stage.as('x', roles)).get('/v1/tickets')).status).toBe(403);
  });

  it.each<[string, string[]]>([
    ['status=pending', ['b1']],
    ['assignee=me', ['a1']],
    ['assignee=none', ['a5', 'a4', 'a3', 'a2', 'legacy']],
    ['home=/legacy-desk', ['legacy']],
    ['home=%2Ftickets&assignee=me&status=open', ['a1']],
    ['home=/nowhere', []],
  ])('filters by %s', async (query, names) => {
    expect(idsOf(await agent.get(`/v1/tickets?${query}`))).toEqual(
      names.map((name) => ids[name] ?? 'legacy:1'),
    );
  });

  it('gives a customer no way around their own', async () => {
    expect(idsOf(await ann.get('/v1/tickets?status=pending'))).toEqual([]);
  });

  it.each([
    'status=',
    'status=bogus',
    'status=open&status=open',
    'assignee=bob',
    'home=',
    'home=%00',
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    'cursor=',
    'bogus=1',
  ])('answers 422 to %s with the name of the parameter', async (query) => {
    const pointer = query.split('=')[0];
    expect(await agent.get(`/v1/tickets?${query}`)).toMatchObject({
      status: 422,
      body: { code: 'invalid', errors: [{ pointer }] },
    });
  });

  it('turns pages that show everything once, while tickets change and come', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<Client['get']>> = await agent.get(
        `/v1/tickets?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...idsOf(page));
      cursor = page.body.nextCursor;
      await agent.patch(`/v1/tickets/${seen[0] as string}`, {
        status: seen.length % 4 === 0 ? 'open' : 'on_hold',
      });
      await ann.open({ subject: 'came later' });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([...Object.values(ids), 'legacy:1']));
    expect(seen).toHaveLength(7);
  });

  it('tells tickets of the same moment apart', async () => {
    await stage.database.query(
      "UPDATE ticket SET updated_at = '2020-01-01' WHERE requester_id = 'ann'",
    );
    const first = await ann.get('/v1/tickets?limit=3');
    const second = await ann.get(`/v1/tickets?limit=100&cursor=${String(first.body.nextCursor)}`);
    const all = [...idsOf(first), ...idsOf(second)];
    expect([new Set(all).size, second.body.nextCursor]).toEqual([all.length, null]);
    expect(all).toEqual(idsOf(await ann.get('/v1/tickets?limit=100')));
  });
});
