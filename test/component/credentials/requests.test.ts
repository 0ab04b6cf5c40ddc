import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialsUnderTest, newTicket, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

function stage() {
  const { ticketId, path } = newTicket(service);
  const requests = `/v1/tickets/${ticketId}/credential-requests`;
  return {
    requests,
    ask: (message: string, key?: string) =>
      service.call(
        'agent-1',
        'POST',
        requests,
        { message },
        key === undefined ? {} : { 'idempotency-key': key },
      ),
    submit: () => service.call('customer-1', 'POST', path, { username: 'u', password: 'p' }),
  };
}

describe('the Idempotency-Key of a request for credentials', () => {
  it('gives the first answer again, after it was fulfilled too, and refuses another body', async () => {
    const { ask, submit } = stage();
    const first = await ask('please', 'k');
    await submit();
    expect(await ask('please', 'k')).toMatchObject({ status: 201, body: first.body });
    expect(await ask('other', 'k')).toMatchObject({
      status: 422,
      body: { code: 'idempotency-conflict' },
    });
  });

  it('of one that found an open request keeps meaning that one', async () => {
    const { ask, submit } = stage();
    const open = await ask('please');
    expect(await ask('again', 'k')).toMatchObject({ status: 200, body: open.body });
    await submit();
    expect(await ask('again', 'k')).toMatchObject({ status: 200, body: open.body });
    expect(await ask('again', 'another')).toMatchObject({
      status: 201,
      body: { fulfilledAt: null },
    });
  });

  it('answers 409 where the request was withdrawn meanwhile', async () => {
    const { ask, requests } = stage();
    const { body } = await ask('please', 'k');
    expect((await service.call('agent-1', 'DELETE', `${requests}/${body.id}`)).status).toBe(204);
    expect(await ask('please', 'k')).toMatchObject({ status: 409, body: { code: 'ticket-ended' } });
    expect((await ask('please')).status).toBe(201);
  });
});
