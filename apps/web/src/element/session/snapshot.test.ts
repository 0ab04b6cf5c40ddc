import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createApi } from '../../api/client.js';
import { loadSnapshot } from './snapshot.js';
import { TicketApi } from './ticket-api.js';

const api = new TicketApi(createApi({ baseUrl: 'https://api.example', token: 'token' }), 'T');
const receipts = { items: [], nextCursor: null };
let version: number;
let doubted: boolean;
/** What was asked for, by the end of its path. */
let asked: string[];

beforeEach(() => {
  [version, doubted, asked] = [1, false, []];
  jest.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    const what = new URL((request as Request).url).pathname.split('/').pop() ?? '';
    asked.push(what);
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

it('who is refused is asked for the ticket alone while that is the same, and for everything once it has changed', async () => {
  const refused = await loadSnapshot(api, undefined);
  expect([refused.granted, asked.sort()]).toEqual([
    false,
    ['T', 'credential-requests', 'credentials', 'destruction-receipts'],
  ]);
  asked = [];
  expect([(await loadSnapshot(api, refused)).granted, asked]).toEqual([false, ['T']]);
  [version, asked] = [2, []];
  await loadSnapshot(api, refused);
  expect(asked).toHaveLength(4);
});

it('so is who finds the ticket in doubt: one that comes or goes is a new version', async () => {
  doubted = true;
  const refused = await loadSnapshot(api, undefined);
  asked = [];
  expect([(await loadSnapshot(api, refused)).granted, asked]).toEqual([false, ['T']]);
  [version, doubted, asked] = [2, false, []];
  await loadSnapshot(api, refused);
  expect(asked).toHaveLength(4);
});
