import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createApi } from '../../api/client.js';
import { loadSnapshot } from './snapshot.js';
import { TicketApi } from './ticket-api.js';

const api = new TicketApi(createApi({ baseUrl: 'https://api.example', token: 'token' }), 'T');
const receipts = { items: [], nextCursor: null };
let version: number;
let doubted: boolean;
/** The last part of the path of each request. */
let requested: string[];

beforeEach(() => {
  [version, doubted, requested] = [1, false, []];
  jest.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    const what = new URL((request as Request).url).pathname.split('/').pop() ?? '';
    requested.push(what);
    if (what === 'T')
      return Promise.resolve(
        Response.json({ id: 'T', status: 'open', version, ...(doubted && { doubted }) }),
      );
    if (what === 'destruction-receipts') return Promise.resolve(Response.json(receipts));
    return Promise.resolve(Response.json({ code: 'forbidden', detail: '' }, { status: 403 }));
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('after a refusal only the ticket is fetched until it changes, and then everything', async () => {
  const refused = await loadSnapshot(api, undefined);
  expect([refused.granted, requested.sort()]).toEqual([
    false,
    ['T', 'credential-requests', 'credentials', 'destruction-receipts'],
  ]);
  requested = [];
  expect([(await loadSnapshot(api, refused)).granted, requested]).toEqual([false, ['T']]);
  [version, requested] = [2, []];
  await loadSnapshot(api, refused);
  expect(requested).toHaveLength(4);
});

it('a ticket in doubt is fetched alone until it changes, since the end of the doubt is a new version', async () => {
  doubted = true;
  const refused = await loadSnapshot(api, undefined);
  requested = [];
  expect([(await loadSnapshot(api, refused)).granted, requested]).toEqual([false, ['T']]);
  [version, doubted, requested] = [2, false, []];
  await loadSnapshot(api, refused);
  expect(requested).toHaveLength(4);
});
