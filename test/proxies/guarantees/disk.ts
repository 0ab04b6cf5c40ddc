import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { type Before, takenTicket } from '../harness/before.js';

/** Longer than the buffers that proxies begin with, and within our limits. */
const secret = {
  username: 'u',
  password: 'p'.repeat(4096),
  additionalInformation: 'é'.repeat(8192),
};

export function writesNoBodyToDisk({ street, product }: Before): void {
  const { spills } = product;
  if (spills === undefined) return;
  it('writes no submission to a file', async () => {
    const caller = street().caller(product);
    const { path, customer } = await takenTicket(caller);
    expect((await caller.call(customer, 'POST', `${path}/credentials`, secret)).status).toBe(201);
    expect(readFileSync(join(street().proxy(product).folder, 'error.log'), 'utf8')).not.toMatch(
      spills,
    );
  });
}
