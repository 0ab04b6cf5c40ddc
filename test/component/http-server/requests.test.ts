import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidPattern } from '#contracts';
import { Problem } from '#problem';
import { type Running, run, tokenFor } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running;
let authorization: string;
let limited = false;
beforeAll(async () => {
  service = await run(ThingsModule, {
    onAuthenticated: () => {
      if (limited)
        throw new Problem('rate-limited', undefined, { headers: { 'retry-after': '7' } });
    },
  });
  service.readiness.watch('broker', () => 'blocked');
  authorization = `Bearer ${await tokenFor('customer-1', 'customer')}`;
});
afterAll(() => service.app.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(service.url + path, { headers });

describe('X-Request-Id', () => {
  it("is the request's own where it is sane, on every answer and in every problem", async () => {
    for (const path of [
      '/v1/things?name=x',
      '/v1/things',
      '/v1/nothing',
      '/nothing',
      '/v1/%zz',
      '/v1/broken',
      '/livez',
    ]) {
      const answer = await get(path, { authorization, 'x-request-id': 'a.b_c:d-1' });
      expect([path, answer.headers.get('x-request-id')]).toEqual([path, 'a.b_c:d-1']);
      if (!answer.ok) expect(await answer.json()).toMatchObject({ requestId: 'a.b_c:d-1' });
    }
  });

  it('is a new UUIDv7 otherwise', async () => {
    for (const given of ['', 'has space', 'x'.repeat(129), 'a/b', '"quoted"', '<script>']) {
      const id = (await get('/livez', { 'x-request-id': given })).headers.get('x-request-id') ?? '';
      expect(id).toMatch(uuidPattern);
      expect(id[14]).toBe('7');
    }
  });
});

describe('Cache-Control', () => {
  it('is no-store unless a route says otherwise, and is so where that route fails', async () => {
    for (const path of [
      '/v1/open',
      '/v1/kept',
      '/v1/things',
      '/v1/nothing',
      '/v1/%zz',
      '/livez',
      '/readyz',
      '/metrics',
    ])
      expect([path, (await get(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
    expect((await get('/v1/kept?well')).headers.get('cache-control')).toBe('public, max-age=60');
  });
});

describe('limits per actor', () => {
  it('come after 401 and before the body is read', async () => {
    limited = true;
    const post = (headers: Record<string, string>) =>
      fetch(`${service.url}/v1/things/1`, {
        method: 'POST',
        body: '{',
        headers: { 'content-type': 'application/json', ...headers },
      });
    const refused = await post({ authorization });
    const stranger = await post({});
    const open = await get('/v1/open');
    limited = false;
    expect([
      refused.status,
      refused.headers.get('retry-after'),
      stranger.status,
      open.status,
    ]).toEqual([429, '7', 401, 200]);
  });
});

describe('what ops asks', () => {
  it('/readyz shows every check, and fails by the fatal ones only', async () => {
    const before = await get('/readyz');
    const reasons = { broker: 'blocked' };
    expect([before.status, await before.json()]).toEqual([
      200,
      { status: 'ready', checks: { broker: 'warning' }, reasons },
    ]);
    service.readiness.add('database', () => Promise.reject(new Error('down')));
    const after = await get('/readyz');
    const checks = { broker: 'warning', database: 'failed' };
    expect([after.status, await after.json()]).toEqual([
      503,
      { status: 'not-ready', checks, reasons },
    ]);
    expect((await get('/livez')).status).toBe(200);
  });

  it('/metrics counts by the pattern of the route, never by its values', async () => {
    await get('/v1/things?name=secret-value', { authorization });
    await get('/v1/nothing/secret-value', { authorization });
    const text = await (await get('/metrics')).text();
    const counted = (labels: string) =>
      text.includes(`http_server_request_duration_seconds_count{service="test",${labels}}`);
    expect(counted('method="GET",route="/v1/things",status="200"')).toBe(true);
    expect(counted('method="GET",route="unknown",status="404"')).toBe(true);
    expect(text.includes('secret-value')).toBe(false);
  });
});
