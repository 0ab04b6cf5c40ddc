import { expect, it } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type Before, takenTicket } from '../harness/before.js';
import { limit } from '../harness/street.js';

/** What a client writes by itself is nobody's address. */
const invented = { 'x-forwarded-for': '203.0.113.9' };

export function tellsTheAddress({ street, product }: Before): void {
  it('tells the client’s address to the access log, whatever the client says itself', async () => {
    const caller = street().caller(product);
    const { path, agent } = await takenTicket(caller);
    await caller.call(agent, 'POST', `${path}/credentials/reveal`, {}, invented);
    await waitUntilPasses(async () => {
      const log = await caller.call('admin-1', 'GET', `${path}/access-log`);
      const reveal = expect.objectContaining({ action: 'reveal', address: caller.address });
      expect(log.body.items).toContainEqual(reveal);
    }, 20_000);
  });

  it('tells it to the limits: one client’s requests are not counted as another’s', async () => {
    const [busy, other] = [street().caller(product), street().caller(product)];
    const ask = () => busy.call(null, 'GET', '/v1/tickets', undefined, invented);
    // Each of two gateways counts by itself, and not every proxy gives each of them half.
    for (let count = 0; count < 3 * limit; count += 25)
      await Promise.all(Array.from({ length: 25 }, ask));
    expect((await busy.call('customer-1', 'GET', '/v1/tickets', undefined, invented)).status).toBe(
      429,
    );
    expect((await other.call('customer-1', 'GET', '/v1/tickets')).status).toBe(200);
  });
}
