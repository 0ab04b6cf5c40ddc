import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../e2e/system.js';
import { sendRaw } from '../contract/stage.js';

const friend = 'https://desk.example';

let system: System;
beforeAll(async () => {
  system = await startSystem({ CORS_ORIGINS: friend });
}, 120_000);
afterAll(() => system.stop(), 30_000);

const get = (path: string, headers: Record<string, string> = {}) =>
  sendRaw(system.url, { method: 'GET', path, headers });

/**
 * Paths of all kinds of answers: served, unknown, refused by the router, refused without
 * a token.
 */
const everywhere = [
  '/',
  '/docs',
  '/openapi.json',
  '/livez',
  '/nothing',
  '/v1/tickets',
  '/v1/nothing',
  '/v1/%zz',
  '/%zz',
  '/v1/tickets/' + 'x'.repeat(2000),
  '/.well-known/receipt-keys.json',
];

describe('strict headers', () => {
  it.each(everywhere)('stand on every answer, that of %s too', async (path) => {
    const { headers } = await get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}$/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    expect(headers['content-security-policy']).not.toMatch(
      /\*|unsafe-eval|script-src[^;]*unsafe-inline/,
    );
    expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
  });
});

describe('pages of other origins', () => {
  it.each([
    'https://evil.example',
    `${friend}.evil.example`,
    'http://desk.example',
    'https://DESK.example:444',
    'null',
    '*',
  ])('%s is told nothing by which a browser would let it read', async (origin) => {
    const preflight = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answers = [
      await get('/v1/tickets', { origin }),
      await sendRaw(system.url, { method: 'OPTIONS', path: '/v1/tickets', headers: preflight }),
    ];
    for (const { headers } of answers)
      expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('are let in where they are named, without cookies, and caches are told that it depends', async () => {
    const { headers } = await get('/v1/tickets', { origin: friend });
    expect([
      headers['access-control-allow-origin'],
      headers['access-control-allow-credentials'],
    ]).toEqual([friend, undefined]);
    expect(headers.vary).toMatch(/origin/i);
  });
});
