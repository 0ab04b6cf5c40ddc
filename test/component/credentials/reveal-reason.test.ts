import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ revealReason: 'required' });
});
afterAll(() => service.stop());

describe('where reveals demand a reason', () => {
  it.each([undefined, {}, { reason: null }, { reason: '' }, { reason: ' \n' }])(
    'nothing is revealed for %j',
    async (body) => {
      const { ticketId, path } = newTicket(service);
      const { id } = (await service.call('customer-1', 'POST', path, secret)).body;
      for (const at of [path, `${path}/${id}`]) {
        const answer = await service.call('agent-1', 'POST', `${at}/reveal`, body);
        expect(answer).toMatchObject({
          status: 422,
          body: { code: 'invalid', errors: [{ pointer: '/reason', code: 'required' }] },
        });
      }
      const [credential] = await service.database.query(
        'SELECT reveals FROM credential WHERE ticket_id = $1',
        [ticketId],
      );
      expect(credential).toEqual({ reveals: 0 });
    },
  );

  it('it opens the credentials and stands in the access log, once for each that was opened', async () => {
    const { ticketId, path } = newTicket(service);
    const { id } = (await service.call('customer-1', 'POST', path, secret)).body;
    for (const at of [path, `${path}/${id}`])
      expect(
        (await service.call('agent-1', 'POST', `${at}/reveal`, { reason: `for ${at}` })).status,
      ).toBe(200);
    const { body } = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    expect(
      body.items.map(({ action, reason }: { action: string; reason: string }) => [action, reason]),
    ).toEqual([
      ['reveal', `for ${path}/${id}`],
      ['reveal', `for ${path}`],
      ['submit', null],
    ]);
  });

  it('404 and 403 are answered before it is missed, and 409 after', async () => {
    const { path } = newTicket(service, { status: 'closed', phase: 1 });
    expect((await service.call('customer-2', 'POST', `${path}/reveal`)).status).toBe(404);
    expect((await service.call('agent-2', 'POST', `${path}/reveal`)).status).toBe(403);
    expect((await service.call('agent-1', 'POST', `${path}/reveal`)).status).toBe(422);
    expect((await service.call('agent-1', 'POST', `${path}/reveal`, { reason: 'x' })).status).toBe(
      409,
    );
  });
});
