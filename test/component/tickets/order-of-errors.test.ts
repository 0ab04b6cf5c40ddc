import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client } from './client.js';
import { type Stage, startTickets } from './harness.js';

let stage: Stage;
let ann: Client;
let bob: Client;
let agent: Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  bob = await stage.as('bob', ['customer']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(() => stage.close());

const stale = { 'if-match': '"99"' };
const tooLong = JSON.stringify({ body: 'x'.repeat(200_000) });

describe('when several things are wrong, the first of the order is answered', () => {
  it('401 before everything', async () => {
    const path = '/v1/tickets/nowhere';
    for (const body of ['{', tooLong, '{"status":7}']) {
      const answer = await stage.anonymous.send('PATCH', path, body, stale);
      expect(answer).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    expect(
      (await stage.anonymous.send('POST', '/v1/tickets', 'x', { authorization: 'Bearer a.b.c' }))
        .status,
    ).toBe(401);
  });

  it('400, 413 and 415 before 404 and 403', async () => {
    const path = '/v1/tickets/nowhere';
    expect(await bob.send('PATCH', path, '{')).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect(await bob.send('PATCH', path, tooLong)).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    });
    expect(await bob.send('PATCH', path, '{}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type' },
    });
    expect((await bob.send('POST', '/internal/standings', '{')).status).toBe(400);
  });

  it('404 and 403 before 422', async () => {
    const path = `/v1/tickets/${await ann.open()}`;
    expect((await bob.patch(path, { bogus: 1 }, stale)).status).toBe(404);
    expect(
      (await bob.post(`${path}/replies`, { bogus: 1 }, { 'idempotency-key': '' })).status,
    ).toBe(404);
    expect((await ann.patch(path, { status: 'pending', bogus: 1 }, stale)).status).toBe(403);
  });

  it('422 before 412, 412 before 409', async () => {
    const path = `/v1/tickets/${await ann.open()}`;
    await agent.patch(path, { status: 'closed' });
    expect((await agent.patch(path, { status: 'bogus' }, stale)).status).toBe(422);
    expect(await agent.patch(path, { status: 'open' }, stale)).toMatchObject({
      status: 412,
      body: { code: 'stale' },
    });
    expect((await agent.patch(path, { status: 'open' }, { 'if-match': '"2"' })).status).toBe(409);
    expect((await ann.patch(path, { status: 'open' })).status).toBe(409);
  });
});

describe('every problem', () => {
  it('is a problem document with a request id, and echoes nothing', async () => {
    const secret = 'hunter2hunter2';
    const answer = await ann.post(
      '/v1/tickets',
      { subject: [secret], other: secret },
      { 'x-request-id': 'req-1' },
    );
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
      'x-request-id': 'req-1',
    });
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: 422,
      code: 'invalid',
      requestId: 'req-1',
    });
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('of a route that does not exist is 404, of a method that does not exist too', async () => {
    expect(await ann.get('/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await ann.send('DELETE', `/v1/tickets/${await ann.open()}`)).status).toBe(404);
  });
});

describe('a database that is away', () => {
  it('is 503 with Retry-After, shows in readiness, and is forgotten when it is back', async () => {
    const id = await ann.open();
    await stage.database.cutOff();
    const away = await ann.get(`/v1/tickets/${id}`);
    expect(away).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
      headers: { 'retry-after': '5' },
    });
    expect((await ann.post('/v1/tickets', { subject: 'x' })).status).toBe(503);
    expect(await stage.anonymous.get('/readyz')).toMatchObject({
      status: 503,
      body: { checks: { database: 'failed' } },
    });
    expect((await stage.anonymous.get('/metrics')).status).toBe(200);
    expect((await stage.anonymous.get('/livez')).status).toBe(200);
    await stage.database.letIn();
    expect((await ann.get(`/v1/tickets/${id}`)).status).toBe(200);
    expect(await stage.anonymous.get('/readyz')).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok', broker: 'warning' } },
    });
  });
});
