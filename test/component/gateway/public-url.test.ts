import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { readPublicUrl } from '../../../apps/gateway/src/public-url.js';
import { type Gateway, startGateway } from './gateway.fixture.js';

const index = '<!doctype html><script type="module" src="./assets/page-1a2b.js"></script>';

let folder: string;
let gateway: Gateway;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'public-url-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), index);
  writeFileSync(join(folder, 'assets/page-1a2b.js'), 'export {}');
});
afterEach(() => gateway.close());
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const started = async (environment: Record<string, string> = {}) =>
  (gateway = await startGateway(environment, folder));
const below = () => started({ PUBLIC_URL: 'https://desk.example/help/creds/' });
const get = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, init);
const textOf = async (path: string) => (await get(path)).text();

describe('PUBLIC_URL with a path', () => {
  it('answers below the path as beside it, whether or not the proxy has taken it off', async () => {
    await below();
    const headers = await gateway.bearer('agent-1', 'agent');
    for (const path of [
      '/',
      '/tickets/x',
      '/assets/page-1a2b.js',
      '/sign-in.json',
      '/docs',
      '/openapi.json',
      '/livez',
      '/v1/tickets',
    ]) {
      const [beside, within] = [
        await get(path, { headers }),
        await get(`/help/creds${path}`, { headers }),
      ];
      expect([path, within.status, await within.text()]).toEqual([path, 200, await beside.text()]);
    }
    expect((await get('/help/creds')).status).toBe(200);
    expect(gateway.tickets.received.map(({ url }) => url)).toEqual(['/v1/tickets', '/v1/tickets']);
  });

  it('asks for a token there too, before it says what exists', async () => {
    await below();
    for (const path of ['/v1/tickets', '/v1/nothing', '/v1/%', '/me.json'])
      expect((await get(`/help/creds${path}`)).status).toBe(401);
    for (const path of [
      '/help/creds/nothing',
      '/help/credsv1/tickets',
      '/help',
      '/help/v1/tickets',
      '/creds/v1/tickets',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  it('says where things are as somebody outside finds them', async () => {
    await below();
    gateway.tickets.status = 201;
    gateway.tickets.headers = { 'content-type': 'application/json', location: '/v1/tickets/4711' };
    const made = await get('/v1/tickets', {
      method: 'POST',
      headers: await gateway.bearer('alice', 'customer'),
      body: '{}',
    });
    expect(made.headers.get('location')).toBe('/help/creds/v1/tickets/4711');
    expect(await textOf('/tickets/4711')).toBe(index.replace('"./', '"/help/creds/'));
    expect(JSON.parse(await textOf('/openapi.json'))).toMatchObject({
      servers: [{ url: 'https://desk.example/help/creds' }],
    });
    expect(await textOf('/docs')).not.toMatch(/(href|src)="\//);
    expect(await textOf('/docs/start.js')).not.toContain("'/");
  });
});

describe('without PUBLIC_URL', () => {
  it('everything is at the top, and the document says nothing of servers', async () => {
    await started();
    gateway.tickets.headers = { location: '/v1/tickets/4711' };
    const made = await get('/v1/tickets', {
      method: 'POST',
      headers: await gateway.bearer('alice', 'customer'),
      body: '{}',
    });
    expect(made.headers.get('location')).toBe('/v1/tickets/4711');
    expect(await textOf('/')).toBe(index.replace('"./', '"/'));
    expect(JSON.parse(await textOf('/openapi.json'))).not.toHaveProperty('servers.0');
    expect((await get('/help/creds/')).status).toBe(404);
  });
});

it('a PUBLIC_URL whose path begins like a path of the gateway is refused, since it would be ambiguous', async () => {
  await started();
  const routes = gateway.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const firsts = new Set(
    [...routes.matchAll(/^ {4}[├└]── ([^/\s(:]+)/gm)].map(([, first = '']) => first),
  );
  expect([...firsts]).toEqual(expect.arrayContaining(['v1', 'docs', 'livez', 'assets']));
  for (const first of firsts)
    expect(() =>
      readEnvironment({ PUBLIC_URL: `https://desk.example/${first}` }, readPublicUrl),
    ).toThrow('PUBLIC_URL');
});
