import { afterEach, describe, expect, it } from '@jest/globals';
import { type Gateway, startGateway } from './gateway.fixture.js';

let gateway: Gateway;
const started = async (environment: Record<string, string>) =>
  (gateway = await startGateway(environment));
afterEach(() => gateway.close());

describe('limits per address', () => {
  it('answer 429 with Retry-After, after 401, and never to whoever checks our health', async () => {
    await started({ RATE_LIMIT_PER_ADDRESS: '3' });
    const headers = await gateway.bearer('agent-1', 'agent');
    const status = async (path: string, sent = headers) =>
      (await fetch(gateway.url + path, { headers: sent })).status;
    for (let count = 0; count < 3; count += 1) expect(await status('/v1/tickets')).toBe(200);
    const refused = await fetch(`${gateway.url}/v1/tickets`, { headers });
    expect([
      refused.status,
      Number(refused.headers.get('retry-after')) > 0,
      refused.headers.get('cache-control'),
    ]).toEqual([429, true, 'no-store']);
    expect(await refused.json()).toMatchObject({ code: 'rate-limited' });
    expect(await status('/v1/tickets', {} as never)).toBe(401);
    expect(await status('/docs')).toBe(429);
    for (const path of ['/livez', '/readyz', '/metrics']) expect(await status(path)).toBe(200);
  });

  it('do not count what a browser asks before a call, so that a page of another origin can read why it is refused', async () => {
    await started({ RATE_LIMIT_PER_ADDRESS: '1', CORS_ORIGINS: 'https://desk.example' });
    const origin = { origin: 'https://desk.example' };
    const sent = { ...(await gateway.bearer('agent-1', 'agent')), ...origin };
    const preflight = async () => {
      const headers = { ...origin, 'access-control-request-method': 'GET' };
      return (await fetch(`${gateway.url}/v1/tickets`, { method: 'OPTIONS', headers })).status;
    };
    expect([await preflight(), await preflight()]).toEqual([204, 204]);
    expect((await fetch(`${gateway.url}/v1/tickets`, { headers: sent })).status).toBe(200);
    const refused = await fetch(`${gateway.url}/v1/tickets`, { headers: sent });
    expect([
      refused.status,
      refused.headers.get('access-control-allow-origin'),
      await preflight(),
    ]).toEqual([429, origin.origin, 204]);
  });

  it('count by the address that a trusted proxy tells, and by no one else', async () => {
    await started({ RATE_LIMIT_PER_ADDRESS: '1', TRUST_PROXY: '127.0.0.1' });
    const from = async (address: string) => {
      const headers = { ...(await gateway.bearer('a', 'agent')), 'x-forwarded-for': address };
      return (await fetch(`${gateway.url}/v1/tickets`, { headers })).status;
    };
    expect([
      await from('203.0.113.1'),
      await from('203.0.113.2'),
      await from('203.0.113.1'),
    ]).toEqual([200, 200, 429]);
    expect(gateway.tickets.received.map(({ headers }) => headers['x-client-address'])).toEqual([
      '203.0.113.1',
      '203.0.113.2',
    ]);
    expect([
      await from('2001:db8::1'),
      await from('2001:db8::ffff:2'),
      await from('2001:db8:0:1::1'),
    ]).toEqual([200, 429, 200]);
  });

  it('count a client as one whatever port, brackets or quotes its proxies write, and tell its owner the address alone', async () => {
    await started({ RATE_LIMIT_PER_ADDRESS: '1', TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' });
    const headers = await gateway.bearer('a', 'agent');
    const from = async (forwarded: string) =>
      (
        await fetch(`${gateway.url}/v1/tickets`, {
          headers: { ...headers, 'x-forwarded-for': forwarded },
        })
      ).status;
    const same = (...spellings: string[]) =>
      Promise.all(spellings.map(from)).then((statuses) => statuses.sort());
    expect(
      await same('203.0.113.60:50001', '203.0.113.60:50002', '::ffff:203.0.113.60', '203.0.113.60'),
    ).toEqual([200, 429, 429, 429]);
    expect(
      await same('[2001:db8::1]:443', '[2001:db8::2]', '"[2001:db8::3]:1"', '2001:db8::4'),
    ).toEqual([200, 429, 429, 429]);
    // A port does not hide that the proxy next to the client is one of ours as well.
    expect(
      await same(
        '198.51.100.7:1, 10.0.0.1:2, 10.0.0.2',
        '6.6.6.6, 198.51.100.7, [::ffff:10.0.0.1]:3',
      ),
    ).toEqual([200, 429]);
    const addresses = gateway.tickets.received.map(({ headers }) => headers['x-client-address']);
    expect(addresses).toEqual([
      '203.0.113.60',
      expect.stringMatching(/^2001:db8::[1-4]$/),
      '198.51.100.7',
    ]);
  });

  it('believe as many proxies as there are in front, and no address that a client puts before theirs', async () => {
    await started({ TRUST_PROXY: '2' });
    const headers = await gateway.bearer('a', 'agent');
    for (const forwarded of [
      '203.0.113.1',
      '203.0.113.1, 10.0.0.1',
      '6.6.6.6, 203.0.113.1, 10.0.0.1',
      '6.6.6.6, unknown, 203.0.113.1',
    ])
      await fetch(`${gateway.url}/v1/tickets`, {
        headers: { ...headers, 'x-forwarded-for': forwarded },
      });
    const addresses = gateway.tickets.received.map(({ headers }) => headers['x-client-address']);
    expect(addresses).toEqual(['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.1']);
  });
});
