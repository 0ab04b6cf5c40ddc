import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type Gateway, startGateway } from './gateway.fixture.js';

let gateway: Gateway;
const started = async (environment?: Record<string, string>) =>
  (gateway = await startGateway(environment));
afterEach(() => gateway.close());

const json = { 'content-type': 'application/json' };
const person = JSON.stringify({ sub: 'agent-1', roles: ['agent', 'admin'], name: 'Ann' });
const askToken = (body: string, headers: Record<string, string> = json) =>
  fetch(`${gateway.url}/dev/token`, { method: 'POST', headers, body });

/** fetch does not let a caller lie about its Host. */
const statusWithHost = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const call = httpRequest(
      `${gateway.url}/dev/token`,
      { method: 'POST', headers: { ...json, host } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    call.on('error', reject);
    call.end(person);
  });

describe('development tokens', () => {
  it('are given for people and work, but never for a service', async () => {
    await started();
    const answer = await askToken(person);
    const token = (await answer.json()) as {
      access_token: string;
      token_type: string;
      expires_in: number;
    };
    expect([
      answer.status,
      answer.headers.get('cache-control'),
      token.token_type,
      token.expires_in > 0,
    ]).toEqual([200, 'no-store', 'Bearer', true]);
    expect(decodeJwt(token.access_token)).toMatchObject({
      sub: 'agent-1',
      roles: ['agent', 'admin'],
      name: 'Ann',
    });
    const used = await fetch(`${gateway.url}/v1/tickets`, {
      headers: { authorization: `Bearer ${token.access_token}` },
    });
    expect(used.status).toBe(200);
    expect((await askToken(JSON.stringify({ sub: 'x', roles: ['service'] }))).status).toBe(422);
    expect((await askToken(JSON.stringify({ sub: 'x', roles: ['agent', 'service'] }))).status).toBe(
      422,
    );
  });

  it('are for pages of this machine, by whatever loopback name', async () => {
    await started();
    for (const host of ['localhost', 'localhost:3000', '127.0.0.1:1', '[::1]:3000'])
      expect(await statusWithHost(host)).toBe(200);
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.1'])
      expect(await statusWithHost(host)).toBe(403);
  });

  it('do not exist where an issuer gives the tokens', async () => {
    const issuer = {
      AUTH_MODE: 'oidc',
      AUTH_ISSUER: 'https://issuer.test',
      AUTH_AUDIENCE: 'x',
      AUTH_JWKS_URI: 'https://issuer.test/jwks',
    };
    await started(issuer);
    expect((await askToken(person)).status).toBe(404);
  });
});

describe('the door', () => {
  it('answers 503 with Retry-After when an owner is gone, says so in /readyz, and stays ready', async () => {
    await started();
    gateway.credentials.stop();
    const headers = await gateway.bearer('agent-1', 'agent');
    const answer = await fetch(`${gateway.url}/v1/tickets/t/credentials`, { headers });
    expect([
      answer.status,
      answer.headers.get('retry-after'),
      answer.headers.get('cache-control'),
    ]).toEqual([503, '2', 'no-store']);
    const keys = await fetch(`${gateway.url}/.well-known/receipt-keys.json`);
    expect([keys.status, keys.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await answer.json()).toMatchObject({
      code: 'unavailable',
      requestId: answer.headers.get('x-request-id'),
    });
    expect((await fetch(`${gateway.url}/v1/tickets`, { headers })).status).toBe(200);
    await waitUntilPasses(async () => {
      const ready = await fetch(`${gateway.url}/readyz`);
      const checks = { clock: 'ok', tickets: 'ok', credentials: 'warning' };
      const reasons = { credentials: expect.stringContaining('reached') };
      expect([ready.status, await ready.json()]).toMatchObject([
        200,
        { status: 'ready', checks, reasons },
      ]);
    }, 20_000);
  });

  it('lets pages of other origins in only where they are named', async () => {
    await started({ CORS_ORIGINS: 'https://desk.example' });
    const preflight = (origin: string) =>
      fetch(`${gateway.url}/v1/tickets`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    expect(
      (await preflight('https://desk.example')).headers.get('access-control-allow-origin'),
    ).toBe('https://desk.example');
    expect((await preflight('https://desk.example')).headers.get('access-control-max-age')).toBe(
      '3600',
    );
    expect(
      (await preflight('https://evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
    const refused = await fetch(`${gateway.url}/v1/tickets`, {
      headers: { origin: 'https://desk.example' },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      401,
      'https://desk.example',
    ]);
    const keys = await fetch(`${gateway.url}/.well-known/receipt-keys.json`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(keys.headers.get('access-control-allow-origin')).toBe('*');
    // What a page of another origin has to be able to read: among them
    // why it is asked to sign in.
    expect(refused.headers.get('access-control-expose-headers')).toBe(
      'ETag, Location, Retry-After, WWW-Authenticate, X-Request-Id',
    );
  });

  it.each([
    [{}, 'max-age=31536000'],
    [{ HSTS: 'subdomains' }, 'max-age=31536000; includeSubDomains'],
    [{ HSTS: 'off' }, null],
  ])(
    'speaks for the subdomains of its host only where that is wanted: %j',
    async (environment, said) => {
      await started(environment);
      const answers = await Promise.all(
        ['/livez', '/v1/tickets', '/nothing'].map((path) => fetch(gateway.url + path)),
      );
      expect(answers.map(({ headers }) => headers.get('strict-transport-security'))).toEqual([
        said,
        said,
        said,
      ]);
    },
  );

  it('keeps its documentation and its metrics to itself where that is wanted', async () => {
    await started({ DOCS: 'off', METRICS: 'off' });
    const statuses = await Promise.all(
      ['/docs', '/openapi.json', '/docs/start.js', '/metrics', '/livez'].map(
        async (path) => (await fetch(gateway.url + path)).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 200]);
  });

  it('serves its documentation from itself alone, and forbids pages to everything else', async () => {
    await started();
    const page = await fetch(`${gateway.url}/docs`);
    const links = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, link]) => link ?? '',
    );
    expect(links.length).toBeGreaterThan(2);
    for (const link of links)
      expect([link, (await fetch(new URL(link, page.url))).status]).toEqual([link, 200]);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const answer = await fetch(`${gateway.url}/v1/tickets`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
