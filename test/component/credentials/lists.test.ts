import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeCursor } from '#paging';
import { type CredentialsUnderTest, newTicket, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

const get = (path: string, actor = 'customer-1') => service.call(actor, 'GET', path);
const lists = ['credentials', 'access-log', 'credential-requests', 'destruction-receipts'];
/** What agents may read who may not act on the ticket. */
const openToAgents = 'destruction-receipts';

describe.each(lists)('the list of %s', (list) => {
  const url = (ticketId: string, query: string) => `/v1/tickets/${ticketId}/${list}?${query}`;

  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit='],
    ['limit', 'limit=ten'],
    ['limit', 'limit=1&limit=2'],
    ['cursor', 'cursor='],
    ['cursor', 'cursor=x'],
    ['cursor', `cursor=${encodeCursor(['x'])}`],
    ['cursor', `cursor=${encodeCursor([2 ** 31])}`],
    ['cursor', `cursor=${encodeCursor([Number.MAX_SAFE_INTEGER])}`],
    ['order', 'order=asc'],
  ])('refuses a wrong %s (%s) and names it, but only to those who may read it', async (pointer, query) => {
    const { ticketId } = newTicket(service);
    expect(await get(url(ticketId, query))).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ pointer }] } });
    expect((await get(url(ticketId, query), 'customer-2')).status).toBe(404);
    expect((await get(url(ticketId, query), 'agent-2')).status).toBe(list === openToAgents ? 422 : 403);
  });

  it('is an empty page of a ticket that has nothing', async () => {
    const { ticketId } = newTicket(service);
    expect(await get(url(ticketId, 'limit=100'))).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
  });
});

describe('the list of credentials', () => {
  it('has all of them, or as many at a time as were asked for', async () => {
    const { path } = newTicket(service);
    for (let count = 0; count < 25; count += 1) await service.call('customer-1', 'POST', path, { username: 'u', password: 'p' });
    const numbers = async (query: string) => {
      const { body } = await get(path + query);
      return { numbers: body.items.map(({ number }: { number: number }) => number) as number[], next: body.nextCursor as string | null };
    };
    const all = Array.from({ length: 25 }, (_, place) => place + 1);
    expect(await numbers('')).toEqual({ numbers: all, next: null });
    const first = await numbers('?limit=20');
    const rest = await numbers(`?limit=20&cursor=${first.next}`);
    expect([first.numbers, rest]).toEqual([all.slice(0, 20), { numbers: all.slice(20), next: null }]);
  });
});
