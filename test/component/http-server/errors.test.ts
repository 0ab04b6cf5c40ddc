import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyLimit } from '#http-server';
import { type Running, run, tokenFor } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running;
let token: string;
let agent: string;
beforeAll(async () => {
  service = await run(ThingsModule);
  token = await tokenFor('customer-1', 'customer');
  agent = await tokenFor('agent-1', 'agent');
});
afterAll(() => service.app.close());

const json = { 'content-type': 'application/json' };
const as = (who: string) => ({ authorization: `Bearer ${who}` });
async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array,
) {
  const answer = await fetch(service.url + path, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>,
  };
}

describe('the order of errors', () => {
  const unreadable = `{"name": "x`;

  it('answers 401 before it reads the body, also for a path that does not exist', async () => {
    for (const path of [
      '/v1/things/1',
      '/v1/things/gone',
      '/v1/nothing',
      '/internal/nothing',
      '/v1/%zz',
    ]) {
      const answer = await call('POST', path, json, unreadable);
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('answers an unreadable body before 404 and 403', async () => {
    for (const who of [token, agent]) {
      for (const path of ['/v1/things/gone', '/v1/nothing']) {
        expect((await call('POST', path, { ...json, ...as(who) }, unreadable)).status).toBe(400);
        expect(
          (await call('POST', path, { 'content-type': 'text/plain', ...as(who) }, 'x')).status,
        ).toBe(415);
        expect(
          (await call('POST', path, { ...json, ...as(who) }, 'x'.repeat(bodyLimit + 1))).status,
        ).toBe(413);
      }
    }
  });

  it('answers 404 and 403 before it looks at the fields', async () => {
    expect((await call('POST', '/v1/things/gone', { ...json, ...as(token) }, '{}')).status).toBe(
      404,
    );
    expect((await call('POST', '/v1/things/1', { ...json, ...as(agent) }, '{}')).status).toBe(403);
    expect((await call('POST', '/v1/things/1', { ...json, ...as(token) }, '{}')).status).toBe(422);
  });

  it('refuses a handler that says nothing about who may call it', async () => {
    expect((await call('GET', '/v1/forgotten', as(token))).status).toBe(403);
    expect((await call('GET', '/v1/forgotten')).status).toBe(401);
    expect((await call('GET', '/v1/open')).status).toBe(200);
  });
});
