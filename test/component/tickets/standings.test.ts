import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxStandingsAsked } from '#contracts';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let service: Client;
let agent: Client;

beforeAll(async () => {
  stage = await startTickets();
  service = await stage.as('service:credentials', ['service']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(() => stage.stop());

describe('POST /internal/standings', () => {
  it('tells the standing of many tickets at once, and which are unknown', async () => {
    const ann = await stage.as('ann', ['customer']);
    const [live, ended] = [await ann.open(), await ann.open()];
    await agent.patch(`/v1/tickets/${ended}`, { status: 'resolved', assigneeId: 'alex' });
    const { status, body } = await service.post('/internal/standings', {
      ticketIds: [live, ended, live, 'nowhere', 'im possible\0'],
    });
    expect(status).toBe(200);
    const own = { requesterId: 'ann', home: '/tickets' };
    expect(body.items.sort((a, b) => Number(a.version) - Number(b.version))).toEqual([
      { ticketId: live, status: 'open', version: 1, phase: 0, assigneeId: null, ...own },
      { ticketId: ended, status: 'resolved', version: 2, phase: 1, assigneeId: 'alex', ...own },
    ]);
    expect(body.unknown).toEqual(['nowhere', 'im possible\0']);
  });

  it('is answered to services alone', async () => {
    for (const roles of [['customer', 'agent', 'admin'], []] as const) {
      const answer = await (await stage.as('x', roles)).post('/internal/standings', { bogus: 1 });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await stage.anonymous.post('/internal/standings', {})).status).toBe(401);
  });

  it.each([
    {},
    { ticketIds: [] },
    { ticketIds: 'a' },
    { ticketIds: [1] },
    { ticketIds: Array(maxStandingsAsked + 1).fill('a') },
  ])('answers 422 to what is not 1 to 200 ids', async (body) => {
    expect(await service.post('/internal/standings', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/ticketIds' }] },
    });
  });

  it('takes 200 ids, however long ids may be', async () => {
    const ticketIds = Array.from({ length: maxStandingsAsked }, (_, n) =>
      `legacy:${n}`.padEnd(128, 'x'),
    );
    expect((await service.post('/internal/standings', { ticketIds })).body.unknown).toHaveLength(
      200,
    );
  });
});
