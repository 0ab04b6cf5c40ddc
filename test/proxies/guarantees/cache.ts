import { expect, it } from '@jest/globals';
import { type Before, takenTicket } from '../harness/before.js';

const lists = [
  '',
  '/replies',
  '/credentials',
  '/credential-requests',
  '/access-log',
  '/destruction-receipts',
];
const operational = ['/readyz', '/livez', '/metrics'];

export function cachesNothingOfAnybody({ street, product }: Before): void {
  it('keeps no answer for the next one who asks, whoever that is', async () => {
    const caller = street().caller(product);
    const { path, customer } = await takenTicket(caller);
    const idOf = async (actor: string | null, asked: string) =>
      (await caller.call(actor, 'GET', asked)).headers.get('x-request-id');
    for (const asked of ['/v1/tickets', ...lists.map((list) => path + list), `${path}/nothing`]) {
      const ids = [
        await idOf(customer, asked),
        await idOf(customer, asked),
        await idOf('customer-0', asked),
        await idOf(null, asked),
      ];
      expect([asked, new Set(ids).size]).toEqual([asked, 4]);
    }
    expect((await caller.call('customer-0', 'GET', path)).status).toBe(404);
    expect((await caller.call(null, 'GET', path)).status).toBe(401);
  });

  it('keeps no answer about its readiness', async () => {
    const caller = street().caller(product);
    const idOf = async (path: string) =>
      (await caller.call(null, 'GET', path)).headers.get('x-request-id');
    for (const path of operational)
      expect([path, await idOf(path)]).not.toEqual([path, await idOf(path)]);
  });

  if (product.caches)
    it('keeps what may be kept: the files of the page', async () => {
      const caller = street().caller(product);
      const { body: page } = await caller.call(null, 'GET', '/');
      const [file = ''] = /\/assets\/[^"]*\.js/.exec(page as string) ?? [];
      const ids = [];
      for (let count = 0; count < 4; count += 1) {
        const answer = await caller.call(null, 'GET', file);
        expect([answer.status, answer.body.length > 0]).toEqual([200, true]);
        ids.push(answer.headers.get('x-request-id'));
      }
      expect(new Set(ids).size).toBeLessThan(4);
    });
}
