import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../contract/stage.js';

const marker = 'kept-from-strangers';

let stage: Stage;
let ticket: string;
let credentials: string;
let one: string;
beforeAll(async () => {
  stage = await openStage();
  ({ ticket, credentials } = await stage.ticket());
}, 120_000);
beforeEach(async () => {
  const { body } = await stage.call('customer-1', 'POST', credentials, {
    username: marker,
    password: marker,
  });
  one = `${credentials}/${body.id}`;
});
afterAll(() => stage.stop(), 30_000);

/**
 * Other spellings of a path, by which one reader may take it for what another does not.
 */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  plain: (path) => path,
  'a doubled slash': (path) => path.replace('/tickets/', '/tickets//'),
  'doubled slashes at the front': (path) => `/${path}`,
  'a trailing slash': (path) => `${path}/`,
  'another case': (path) => path.replace('/v1/tickets', '/V1/Tickets'),
  'another case at the end': (path) => path.replace(/[a-z]+$/, (word) => word.toUpperCase()),
  'encoded letters': (path) => path.replace('/tickets/', '/%74ick%65ts/'),
  'twice encoded letters': (path) => path.replace('/tickets/', '/%2574ickets/'),
  'encoded slashes': (path) => path.replace('/credentials', '%2Fcredentials'),
  'dot segments': (path) => path.replace('/v1/', '/v1/./x/../'),
  'encoded dot segments': (path) => path.replace('/v1/', '/v1/%2e/x/%2e%2e/'),
  'a way through an open path': (path) => `/livez/..${path}`,
  'an encoded way through an open path': (path) => `/docs/%2e%2e${path}`,
  'a matrix parameter': (path) => `${path};role=admin`,
  'a matrix parameter in between': (path) => path.replace('/tickets/', '/tickets;x=1/'),
  'a backslash': (path) => path.replace('/tickets/', '\\tickets/'),
  'an encoded backslash': (path) => path.replace('/credentials', '%5Ccredentials'),
  'a NUL': (path) => `${path}%00`,
  'a NUL and an open path': (path) => `${path}%00/livez`,
  'an encoded question mark': (path) => `${path}%3F/livez`,
  'an encoded line break': (path) => `${path}%0d%0aX-Role:%20admin`,
  'a fragment': (path) => `${path}#/livez`,
  'a query that names another': (path) =>
    `${path}?ticketId=x&path=/livez&_method=GET&access_token=x`,
  'an overlong encoding': (path) => path.replace('/credentials', '%c0%afcredentials'),
  'an absolute form': (path) => `http://evil.example${path}`,
  'an absolute form that names an open path': (path) => `http://evil.example/livez?${path}`,
  'a name and an extension': (path) => `${path}.json`,
};

describe.each(Object.entries(spellings))('a path with %s', (_name, spell) => {
  const calls = () => [
    ['POST', `${credentials}/reveal`],
    ['POST', `${one}/reveal`],
    ['GET', ticket],
    ['GET', credentials],
    ['DELETE', one],
    ['PATCH', ticket],
  ];

  it('opens nothing to nobody and to strangers', async () => {
    for (const [method = '', path = ''] of calls())
      for (const actor of [null, 'customer-2']) {
        const { status, text } = await stage.raw(
          actor,
          method,
          spell(path),
          method === 'PATCH' ? '{"status":"closed"}' : undefined,
        );
        expect([
          actor,
          method,
          spell(path),
          [400, 401, 404].includes(status) || text === '{"status":"ok"}',
          status,
        ]).toEqual([actor, method, spell(path), true, status]);
        expect(text).not.toContain(marker);
      }
    expect((await stage.call('agent-1', 'POST', `${one}/reveal`)).body.password).toBe(marker);
    expect((await stage.call('agent-1', 'GET', ticket)).body.status).toBe('open');
  });
});

describe('another method than the one that is asked', () => {
  const overrides = (method: string) => ({
    'x-http-method-override': method,
    'x-http-method': method,
    'x-method-override': method,
    'x-original-url': one,
    'x-rewrite-url': one,
    'x-original-method': method,
  });

  it('counts for nothing, in headers, in the query and in the body', async () => {
    const query = '?_method=DELETE&method=DELETE';
    expect(
      (await stage.raw('agent-1', 'GET', one + query, undefined, overrides('DELETE'))).status,
    ).toBe(200);
    expect(
      (await stage.raw('agent-1', 'POST', one + query, '{"_method":"DELETE"}', overrides('DELETE')))
        .status,
    ).toBe(404);
    expect(
      (await stage.raw('customer-2', 'GET', '/livez', undefined, overrides('DELETE'))).text,
    ).toBe('{"status":"ok"}');
    expect((await stage.call('agent-1', 'POST', `${one}/reveal`)).body.password).toBe(marker);
  });

  it('HEAD tells a stranger no more than GET, and reveals nothing', async () => {
    for (const path of [ticket, credentials, one, `${ticket}/access-log`]) {
      const [head, get] = [
        await stage.raw('customer-2', 'HEAD', path),
        await stage.raw('customer-2', 'GET', path),
      ];
      expect([head.status, head.headers['content-length'], head.headers.etag]).toEqual([
        404,
        get.headers['content-length'],
        undefined,
      ]);
    }
    expect((await stage.raw('agent-1', 'HEAD', `${credentials}/reveal`)).status).toBe(404);
    expect((await stage.raw('agent-1', 'HEAD', `${one}/reveal`)).status).toBe(404);
  });

  it('that HTTP does not know, or only a proxy does, opens nothing', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'LINK', 'PURGE', 'SEARCH'])
      expect([
        method,
        (await stage.raw('agent-1', method, `${credentials}/reveal`)).status,
      ]).toEqual([method, 404]);
  });
});

describe('forged headers', () => {
  const forged = {
    host: 'evil.example',
    forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-real-ip': '203.0.113.9',
    'x-client-address': '203.0.113.9',
    'x-actor-id': 'agent-1',
    'x-user-roles': 'agent',
  };

  it('change no decision, and no word of an answer', async () => {
    const [plain, tried] = [
      await stage.raw('customer-2', 'GET', ticket),
      await stage.raw('customer-2', 'GET', ticket, undefined, forged),
    ];
    expect({ ...tried.body, requestId: plain.body.requestId }).toEqual(plain.body);
    const made = await stage.raw(
      'customer-1',
      'POST',
      credentials,
      '{"username":"u","password":"p"}',
      forged,
    );
    expect(made.headers.location).toBe(`${credentials}/${made.body.id}`);
    expect(JSON.stringify([made.headers, made.text])).not.toContain('evil.example');
  });

  it('do not stand in the access log for the address that really called', async () => {
    await stage.raw('agent-1', 'POST', `${one}/reveal`, undefined, forged);
    const [last] = (await stage.call('admin-1', 'GET', `${ticket}/access-log?limit=1`)).body.items;
    expect(last).toMatchObject({ action: 'reveal', actorId: 'agent-1' });
    expect(JSON.stringify(last)).not.toContain('203.0.113.9');
    expect(JSON.stringify(last)).toContain('127.0.0.1');
  });
});
