import { expect, it } from '@jest/globals';
import { type Before, takenTicket } from '../harness/before.js';

export function refusesLongBodies({ street, product }: Before): void {
  it.each([200, 300, 900])(
    'a body of %i kB is told to be too large, and not to be a fault of ours',
    async (kilobytes) => {
      const caller = street().caller(product);
      const { path, customer } = await takenTicket(caller);
      for (let count = 0; count < 5; count += 1) {
        const body = {
          username: 'u',
          password: 'p',
          additionalInformation: 'x'.repeat(kilobytes * 1000),
        };
        expect(await caller.call(customer, 'POST', `${path}/credentials`, body)).toMatchObject({
          status: 413,
          body: { code: 'too-large' },
        });
      }
    },
  );
}
