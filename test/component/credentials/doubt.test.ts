import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CredentialsUnderTest,
  secret,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials();
});
afterAll(() => service.stop());

describe('doubt', () => {
  it('answers 503 when the truth cannot be had, destroys nothing, and recovers', async () => {
    const { ticketId, path } = await sharedTicket(service);
    service.tickets.reachable = false;
    const refused = await service.call('customer-1', 'POST', path, secret);
    service.tickets.reachable = true;
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([
      503,
      'standing-unknown',
      '2',
    ]);
    expect(await stored(service, ticketId)).toBe(1);
    expect((await service.call('customer-1', 'POST', path, secret)).status).toBe(201);
  });

  it('takes an answer below what it knows, or "no such ticket", for a fault', async () => {
    const { ticketId, path } = await sharedTicket(service, { phase: 2, version: 10 });
    service.tickets.set(ticketId, { phase: 0, version: 3 });
    expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject({
      status: 503,
      body: { code: 'standing-unknown' },
    });
    service.tickets.answers.delete(ticketId);
    expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject({ status: 503 });
    expect(await stored(service, ticketId)).toBe(1);
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'k-1' };

  it('gives the first answer again for the same body, a conflict for another, and stores no body', async () => {
    const { path } = await sharedTicket(service);
    const first = await service.call('customer-1', 'POST', path, secret, key);
    expect(await service.call('customer-1', 'POST', path, secret, key)).toMatchObject({
      status: 201,
      body: first.body,
    });
    expect(
      await service.call('customer-1', 'POST', path, { ...secret, password: 'other' }, key),
    ).toMatchObject({
      status: 422,
      body: { code: 'idempotency-conflict' },
    });
    await service.call('agent-1', 'DELETE', `${path}/${first.body.id}`);
    expect(await service.call('customer-1', 'POST', path, secret, key)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
  });

  it('makes one credential of two requests at once', async () => {
    const { ticketId, path } = await sharedTicket(service);
    const answers = await Promise.all(
      [1, 2].map(() => service.call('customer-1', 'POST', path, secret, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await stored(service, ticketId)).toBe(2);
  });
});

describe('limits', () => {
  it('count an actor’s submits over all tickets and say when to come back', async () => {
    const limited = await startCredentials({ limits: { reveals: 0, submits: 2 } });
    try {
      limited.tickets.set('R-1');
      const statuses = [];
      for (let count = 0; count < 3; count += 1)
        statuses.push(
          await limited.call('customer-1', 'POST', '/v1/tickets/R-1/credentials', secret),
        );
      expect(statuses.map(({ status }) => status)).toEqual([201, 201, 429]);
      expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(
        (await limited.call('customer-1', 'POST', '/v1/tickets/R-1/credentials', '{broken')).status,
      ).toBe(429);
      const longest = 'customer-'.padEnd(255, 'x');
      limited.tickets.set('R-2', { requesterId: longest });
      expect(
        (await limited.call(longest, 'POST', '/v1/tickets/R-2/credentials', secret)).status,
      ).toBe(201);
    } finally {
      await limited.stop();
    }
  });
});
