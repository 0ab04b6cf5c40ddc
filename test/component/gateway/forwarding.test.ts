import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bodyLimit } from '#http-server';
import { type Gateway, startGateway } from './gateway.fixture.js';

let gateway: Gateway;
let agent: Record<string, string>;
beforeAll(async () => {
  gateway = await startGateway();
  agent = await gateway.bearer('agent-1', 'agent');
});
afterAll(() => gateway.close());
beforeEach(() => {
  for (const owner of [gateway.tickets, gateway.credentials])
    Object.assign(owner, {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).received.length = 0;
});

const received = () => [...gateway.tickets.received, ...gateway.credentials.received];
const call = (
  method: string,
  path: string,
  headers: Record<string, string> = agent,
  body?: string,
) => fetch(gateway.url + path, { method, headers, ...(body !== undefined && { body }) });

/** fetch climbs dots by itself before it asks. */
const rawStatus = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    get({ hostname, port, path, headers: agent }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });

/** Every route of docs/contract.md but the stream, with the service that owns it. */
const routes = [
  ['POST', '/v1/tickets', 'tickets'],
  ['GET', '/v1/tickets', 'tickets'],
  ['GET', '/v1/tickets/t1', 'tickets'],
  ['PATCH', '/v1/tickets/t1', 'tickets'],
  ['POST', '/v1/tickets/t1/replies', 'tickets'],
  ['GET', '/v1/tickets/t1/replies', 'tickets'],
  ['POST', '/v1/tickets/t1/credentials', 'credentials'],
  ['GET', '/v1/tickets/t1/credentials', 'credentials'],
  ['GET', '/v1/tickets/t1/credentials/c1', 'credentials'],
  ['POST', '/v1/tickets/t1/credentials/reveal', 'credentials'],
  ['POST', '/v1/tickets/t1/credentials/c1/reveal', 'credentials'],
  ['PATCH', '/v1/tickets/t1/credentials/c1', 'credentials'],
  ['DELETE', '/v1/tickets/t1/credentials/c1', 'credentials'],
  ['POST', '/v1/tickets/t1/credential-requests', 'credentials'],
  ['GET', '/v1/tickets/t1/credential-requests', 'credentials'],
  ['DELETE', '/v1/tickets/t1/credential-requests/r1', 'credentials'],
  ['GET', '/v1/tickets/t1/access-log', 'credentials'],
  ['GET', '/v1/tickets/t1/destruction-receipts', 'credentials'],
] as const;

describe('forwarding', () => {
  it('hands the public keys of receipts to anybody, and to pages of any origin', async () => {
    const answer = await call('GET', '/.well-known/receipt-keys.json', {
      origin: 'https://anywhere.example',
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(received()).toMatchObject([
      { owner: 'credentials', url: '/.well-known/receipt-keys.json' },
    ]);
  });

  it.each(routes)('hands %s %s to %s, and asks for a token first', async (method, path, owner) => {
    expect((await call(method, path, {})).status).toBe(401);
    expect(received()).toEqual([]);
    expect((await call(method, `${path}?limit=1&x=%20`)).status).toBe(200);
    expect(received()).toMatchObject([
      {
        owner,
        method,
        url: `${path}?limit=1&x=%20`,
        headers: { authorization: agent.authorization },
      },
    ]);
  });

  it('passes the body, the preconditions and the key on as they are, with its own word on who called', async () => {
    const own = {
      'if-match': '"3"',
      'idempotency-key': 'k',
      'content-type': 'application/json',
      'x-request-id': 'r-1',
      cookie: 'c=1',
    };
    const lies = {
      'x-client-address': '6.6.6.6',
      'x-forwarded-for': '6.6.6.6',
      'content-encoding': 'identity',
    };
    await call('PATCH', '/v1/tickets/t1', { ...agent, ...own, ...lies }, '{"status":  "open"}');
    const [request] = received();
    expect(request).toMatchObject({
      body: '{"status":  "open"}',
      headers: { 'if-match': '"3"', 'idempotency-key': 'k', 'x-request-id': 'r-1' },
    });
    expect(request?.headers).toMatchObject({
      'x-client-address': '127.0.0.1',
      'content-type': 'application/json',
    });
    expect(request?.headers).not.toHaveProperty('cookie');
    expect(request?.headers).not.toHaveProperty('x-forwarded-for');
  });

  it('gives the answer as it is, with its own request id and no header that is not on the list', async () => {
    const headers = {
      'content-type': 'application/problem+json',
      etag: '"4"',
      'retry-after': '7',
      'set-cookie': 'a=b',
      'x-request-id': 'theirs',
    };
    Object.assign(gateway.tickets, { status: 503, headers, body: '{"code":"standing-unknown"}' });
    const answer = await call('GET', '/v1/tickets/t1', { ...agent, 'x-request-id': 'mine' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('{"code":"standing-unknown"}');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      etag: '"4"',
      'retry-after': '7',
      'x-request-id': 'mine',
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.has('set-cookie')).toBe(false);
  });

  it('writes the path itself, so that no spelling of an id leads elsewhere', async () => {
    await call('GET', `/v1/tickets/${encodeURIComponent('legacy:1/../../internal?x#y')}`);
    expect(received().map(({ url }) => url)).toEqual([
      '/v1/tickets/legacy%3A1%2F..%2F..%2Finternal%3Fx%23y',
    ]);
    for (const id of ['%2e%2e', '%2E', '..', '.'])
      expect(await rawStatus(`/v1/tickets/${id}/credentials`)).toBe(404);
    expect(received()).toHaveLength(1);
  });

  it('cuts a body at one byte over the limit and lets the owner refuse it', async () => {
    Object.assign(gateway.credentials, { status: 413 });
    const answer = await call(
      'POST',
      '/v1/tickets/t1/credentials',
      { ...agent, 'content-type': 'text/plain' },
      'x'.repeat(200_000),
    );
    expect(answer.status).toBe(413);
    expect(received()[0]?.body).toHaveLength(bodyLimit + 1);
  });
});
