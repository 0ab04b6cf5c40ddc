import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { toPage } from '#paging';
import { type CredentialsUnderTest, newTicket, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

const get = (path: string, actor = 'customer-1') => service.call(actor, 'GET', path);
const lists = ['credentials', 'access-log', 'credential-requests', 'destruction-receipts'];
/** As it stands in a page that ends there. */
const cursorOf = (key: readonly (string | number)[]) =>
  String(toPage([key, key], 1, (row) => row, String).nextCursor);
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
    ['cursor', `cursor=${cursorOf(['x'])}`],
    ['cursor', `cursor=${cursorOf([2 ** 31])}`],
    ['cursor', `cursor=${cursorOf([Number.MAX_SAFE_INTEGER])}`],
    ['cursor', `cursor=${cursorOf([uuidv7()])}`],
    ['order', 'order=asc'],
  ])(
    'refuses a wrong %s (%s) and names it, but only to those who may read it',
    async (pointer, query) => {
      const { ticketId } = newTicket(service);
      expect(await get(url(ticketId, query))).toMatchObject({
        status: 422,
        body: { code: 'invalid', errors: [{ pointer }] },
      });
      expect((await get(url(ticketId, query), 'customer-2')).status).toBe(404);
      expect((await get(url(ticketId, query), 'agent-2')).status).toBe(
        list === openToAgents ? 422 : 403,
      );
    },
  );

  it('is an empty page of a ticket that has nothing', async () => {
    const { ticketId } = newTicket(service);
    expect(await get(url(ticketId, 'limit=100'))).toMatchObject({
      status: 200,
      body: { items: [], nextCursor: null },
    });
  });
});

describe('the list of credentials', () => {
  it('has all of them, or as many at a time as were asked for', async () => {
    const { path } = newTicket(service);
    for (let count = 0; count < 25; count += 1)
      await service.call('customer-1', 'POST', path, { username: 'u', password: 'p' });
    const numbers = async (query: string) => {
      const { body } = await get(path + query);
      return {
        numbers: body.items.map(({ number }: { number: number }) => number) as number[],
        next: body.nextCursor as string | null,
      };
    };
    const all = Array.from({ length: 25 }, (_, place) => place + 1);
    expect(await numbers('')).toEqual({ numbers: all, next: null });
    const first = await numbers('?limit=20');
    const rest = await numbers(`?limit=20&cursor=${first.next}`);
    expect([first.numbers, rest]).toEqual([
      all.slice(0, 20),
      { numbers: all.slice(20), next: null },
    ]);
  });
});

describe('the list of requests', () => {
  it('is newest first, and paged, by the time of the database, whichever host has made their ids', async () => {
    const { ticketId } = newTicket(service);
    const ids = [2, -2, 2, -2].map((minutes) => uuidv7({ msecs: Date.now() + minutes * 60_000 }));
    await service.database.query(
      `INSERT INTO credential_request (ticket_id, id, requested_by, created_at, fulfilled_at)
       SELECT $1, id, 'agent-1',
         '2026-01-01'::timestamptz + at * interval '1 millisecond', '2026-01-02'
       FROM unnest($2::uuid[]) WITH ORDINALITY AS one(id, at)`,
      [ticketId, ids],
    );
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await get(
        `/v1/tickets/${ticketId}/credential-requests?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toEqual(ids.toReversed());
  });
});
