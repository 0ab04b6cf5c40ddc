import { describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

describe('an optional text that is left empty', () => {
  it('is none in a credential, whether it is read, shown in a summary, or sent again', async () => {
    const { credentials } = await stage.ticket();
    for (const none of ['', null, undefined]) {
      const body = { username: 'u', password: 'p', link: none, additionalInformation: none };
      const made = await stage.call('customer-1', 'POST', credentials, body, {
        'idempotency-key': 'k',
      });
      expect(made).toMatchObject({
        status: 201,
        body: { number: 1, hasLink: false, hasAdditionalInformation: false },
      });
    }
    const { body } = await stage.call('agent-1', 'POST', `${credentials}/reveal`);
    expect(body.items).toMatchObject([{ link: null, additionalInformation: null }]);
    const one = `${credentials}/${body.items[0].id}`;
    await stage.call('agent-1', 'PATCH', one, { additionalInformation: 'x' }, { 'if-match': '*' });
    const cleared = await stage.call(
      'agent-1',
      'PATCH',
      one,
      { additionalInformation: '' },
      { 'if-match': '*' },
    );
    expect(cleared).toMatchObject({ status: 200, body: { hasAdditionalInformation: false } });
  });

  it('is none in a ticket, and all that belongs to it', async () => {
    const empty = { subject: 's', description: '', requesterId: '' };
    const own = await stage.call('customer-1', 'POST', '/v1/tickets', empty);
    expect(own).toMatchObject({
      status: 201,
      body: { description: null, requesterId: 'customer-1' },
    });
    expect((await stage.call('agent-1', 'POST', '/v1/tickets', empty)).body).toMatchObject({
      errors: [{ pointer: '/requesterId', code: 'required' }],
    });
    const ticket = `/v1/tickets/${own.body.id}`;
    await stage.call('agent-1', 'PATCH', ticket, { assigneeId: 'agent-1' });
    const asked = await stage.call('agent-1', 'POST', `${ticket}/credential-requests`, {
      message: '',
    });
    expect([asked.status, asked.body.message]).toEqual([201, null]);
    await stage.call('agent-1', 'POST', `${ticket}/credentials/reveal`, { reason: '' });
    const { body: log } = await stage.call('admin-1', 'GET', `${ticket}/access-log?limit=1`);
    expect(log.items).toMatchObject([{ action: 'reveal', reason: null }]);
    expect(
      (await stage.call('agent-1', 'PATCH', ticket, { assigneeId: '' })).body.assigneeId,
    ).toBeNull();
    expect((await stage.call('agent-1', 'PATCH', ticket, { status: '' })).status).toBe(422);
  });
});
