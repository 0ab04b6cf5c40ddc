import { expect, it } from '@jest/globals';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type Before, newPeople } from '../harness/before.js';

const secret = {
  username: 'shop-admin',
  password: ' p"ä\\ss\n🔑 ',
  link: 'https://shop.example/admin',
  additionalInformation: 'now',
};

export function tellsTheStory({ street, product }: Before): void {
  it('tells the story: opened, shared, taken, revealed, resolved, gone, with a receipt', async () => {
    const [caller, { customer, agent }] = [street().caller(product), newPeople()];
    const opened = await caller.call(customer, 'POST', '/v1/tickets', { subject: 'Shop is down' });
    const ticket = `/v1/tickets/${opened.body.id}`;
    expect([opened.status, opened.headers.get('location')]).toEqual([
      201,
      (product.path ?? '') + ticket,
    ]);
    expect(await caller.call(customer, 'POST', `${ticket}/credentials`, secret)).toMatchObject({
      status: 201,
      body: { number: 1 },
    });
    expect((await caller.call(agent, 'POST', `${ticket}/credentials/reveal`)).status).toBe(403);
    expect((await caller.call(agent, 'PATCH', ticket, { assigneeId: agent })).status).toBe(200);
    const revealed = await caller.call(agent, 'POST', `${ticket}/credentials/reveal`, {
      reason: 'to look',
    });
    expect(revealed).toMatchObject({ status: 200, body: { items: [secret] } });
    expect((await caller.call(agent, 'PATCH', ticket, { status: 'resolved' })).status).toBe(200);
    await waitUntilPasses(async () => {
      const receipts = await caller.call(customer, 'GET', `${ticket}/destruction-receipts`);
      expect(receipts.body.items).toMatchObject([
        { reason: 'ticket-ended', jws: expect.any(String) },
      ]);
    }, 20_000);
    expect(await caller.call(agent, 'POST', `${ticket}/credentials/reveal`)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
    expect((await caller.call(customer, 'GET', `${ticket}/credentials`)).body.items).toEqual([]);
  });
}
