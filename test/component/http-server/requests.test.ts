import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
