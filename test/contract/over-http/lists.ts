import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { waitFor } from '../../support/wait-for.js';
import { stage } from './shared-stage.js';

/** Whose tickets are those of this file. */
const customer = 'customer-of-lists';
let ticket: string;
let credentials: string;
beforeAll(async () => {
  ({ ticket, credentials } = await stage.ticket(customer));
  for (let count = 1; count <= 3; count += 1) {
    await stage.call(customer, 'POST', `${ticket}/replies`, { body: `reply ${count}` });
    await stage.call('agent-1', 'POST', `${ticket}/credential-requests`, {});
    const submit = () =>
      stage.call(customer, 'POST', credentials, { username: 'u', password: 'p' });
    await submit();
    await stage.call(customer, 'DELETE', `${credentials}/${(await submit()).body.id}`);
    await stage.call(customer, 'POST', '/v1/tickets', { subject: `ticket ${count}` });
  }
  // Receipts are signed later: an item would change between two pages.
  await waitFor(async () => {
    const { body } = await get(customer, `${ticket}/destruction-receipts`);
    return body.items.every(({ jws }: { jws: string | null }) => jws !== null);
  });
}, 120_000);

const get = (actor: string, path: string) => stage.call(actor, 'GET', path);
/** By the OpenAPI document: every GET whose answer has items. */
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  paths: Record<string, { get?: object }>;
};
const lists = Object.keys(paths).filter((path) =>
  JSON.stringify(paths[path]?.get ?? {}).includes('"items":'),
);
const pathOf = (list: string) => list.replace('/v1/tickets/{ticketId}', ticket);
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe.each(lists)('the list of %s', (list) => {
  it('comes in pages, each item once, whatever the limit', async () => {
    const whole = (await get(customer, `${pathOf(list)}?limit=100`)).body;
    expect([whole.items.length >= 3, whole.nextCursor]).toEqual([true, null]);
    for (const limit of [1, 2, whole.items.length as number]) {
      const items: unknown[] = [];
      for (let next: string | null = ''; next !== null;) {
        const { body } = await get(
          customer,
          `${pathOf(list)}?limit=${limit}${next && `&cursor=${next}`}`,
        );
        expect(body.items.length).toBeLessThanOrEqual(limit);
        items.push(...body.items);
        next = body.nextCursor as string | null;
      }
      expect(items).toEqual(whole.items);
    }
  });

  it.each(['0', '101', '-1', '', 'ten', '1.5', '1e1', '1&limit=1', '99999999999999999999'])(
    'refuses limit=%s by name',
    async (limit) => {
      const { status, body } = await get(customer, `${pathOf(list)}?limit=${limit}`);
      expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid', 'limit']);
    },
  );

  it.each([
    '',
    'x',
    '%00',
    cursor([]),
    cursor([null, null]),
    cursor({}),
    cursor([1e300]),
    cursor([2 ** 53 - 1]),
    cursor([-1]),
    cursor([2 ** 31]),
    cursor([1e15, 'x']),
    cursor(['\0']),
    cursor(['x', 'y', 'z']),
    'x'.repeat(2000),
  ])('refuses a cursor that is none of its own by name: %s', async (text) => {
    const { status, body } = await get(customer, `${pathOf(list)}?cursor=${text}`);
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid', 'cursor']);
  });

  it('refuses a parameter that it does not have, by name where that looks like one', async () => {
    const pointer = async (query: string) => {
      const { status, body } = await get(customer, `${pathOf(list)}?${query}`);
      return [status, body.errors[0].pointer];
    };
    expect([
      await pointer('order=asc'),
      await pointer('__proto__=1'),
      await pointer('my%20s3cret=1'),
    ]).toEqual([
      [422, 'order'],
      [422, '__proto__'],
      [422, ''],
    ]);
  });
});

describe('wrong parameters', () => {
  it('are told to nobody who may not read the list', async () => {
    for (const list of lists.filter((path) => path !== '/v1/tickets')) {
      const path = `${pathOf(list)}?limit=0&cursor=x&order=asc`;
      expect([
        list,
        (await stage.call(null, 'GET', path)).status,
        (await get('customer-2', path)).status,
      ]).toEqual([list, 401, 404]);
    }
    for (const list of ['credentials', 'credential-requests', 'access-log'])
      expect([list, (await get('agent-2', `${ticket}/${list}?limit=0`)).status]).toEqual([
        list,
        403,
      ]);
    expect((await get('admin-1', `${credentials}?limit=0`)).status).toBe(403);
  });

  it.each([
    'status=solved',
    'status=',
    'status=open&status=closed',
    'assignee=you',
    'assignee=',
    'home=',
  ])('of tickets: %s', async (query) => {
    const { status, body } = await get('agent-1', `/v1/tickets?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([422, query.split('=')[0]]);
  });
});

describe('the access log of a ticket without any credential', () => {
  it('is an empty page for those who may read it, until an agent takes the ticket', async () => {
    const { body } = await stage.call(customer, 'POST', '/v1/tickets', { subject: 'quiet' });
    const log = async (actor: string) => get(actor, `/v1/tickets/${body.id}/access-log`);
    for (const actor of [customer, 'admin-1'])
      expect(await log(actor)).toMatchObject({
        status: 200,
        body: { items: [], nextCursor: null },
      });
    expect([(await log('agent-1')).status, (await log('customer-2')).status]).toEqual([403, 404]);
    await stage.call('agent-1', 'PATCH', `/v1/tickets/${body.id}`, { assigneeId: 'agent-1' });
    const { items } = await waitFor(async () => {
      const answer = await log('agent-1');
      expect(answer.status).toBe(200);
      return answer.body.items.length > 0 && answer.body;
    });
    expect(items).toMatchObject([{ action: 'assign', actorId: 'agent-1', reason: 'agent-1' }]);
  });
});
