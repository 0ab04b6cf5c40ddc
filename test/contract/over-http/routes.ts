import { beforeAll, describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

let ticket: string;
let credentials: string;
beforeAll(async () => {
  ({ ticket, credentials } = await stage.ticket());
}, 120_000);

const seen = async (actor: string | null, method: string, path: string) => {
  const { status, body, headers } = await stage.raw(actor, method, path);
  return `${status} ${body?.code ?? headers['content-type']}`;
};

describe('what is not there', () => {
  it('is 404, told to known callers only where everything needs a token', async () => {
    for (const path of [
      '/v1',
      '/v1/',
      '/v1/nothing',
      '/v1//tickets',
      `${ticket}/`,
      `${ticket}/nothing`,
      '/v1?x=1',
    ]) {
      expect([path, await seen('agent-1', 'GET', path)]).toEqual([path, '404 not-found']);
      expect([path, await seen(null, 'GET', path)]).toEqual([path, '401 unauthenticated']);
    }
    for (const path of [
      '/nothing',
      '/V1/tickets',
      '//v1x',
      '/docs/nothing',
      '/.env',
      '/docs/../../etc/passwd',
    ])
      expect([path, await seen(null, 'GET', path)]).toEqual([path, '404 not-found']);
  });

  it('is the same answer for a ticket that does not exist and for one that is somebody else’s', async () => {
    const answer = async (path: string) => {
      const { requestId, ...rest } = (await stage.raw('customer-2', 'GET', path)).body;
      expect(requestId).toEqual(expect.any(String));
      return rest as object;
    };
    const nowhere = '/v1/tickets/01a20a18-395e-70ff-99d1-3003789e4ea2';
    for (const end of [
      '',
      '/replies',
      '/credentials',
      '/credential-requests',
      '/access-log',
      '/destruction-receipts',
    ])
      expect([end, await answer(ticket + end)]).toEqual([end, await answer(nowhere + end)]);
  });

  it('is 404 for an id that nothing can have, and for one that would climb out of its place', async () => {
    for (const id of [
      '%00',
      '%2F',
      '%2e%2e',
      '..%2f..%2flivez',
      'a%20b',
      'ü',
      'x'.repeat(129),
      'x'.repeat(2000),
      ticket.slice(12).toUpperCase(),
    ])
      expect([id, await seen('agent-1', 'GET', `/v1/tickets/${encodeURI(decodeURI(id))}`)]).toEqual(
        [id, '404 not-found'],
      );
    for (const id of [
      '1',
      'x',
      '%00',
      '01A20A18-395E-70FF-99D1-3003789E4EA2',
      '01a20a18-395e-70ff-99d1-3003789e4ea2',
    ])
      for (const [method, end] of [
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/reveal'],
      ] as const)
        expect([id, await seen('agent-1', method, `${credentials}/${id}${end}`)]).toEqual([
          id,
          '404 not-found',
        ]);
    expect(await seen('agent-1', 'GET', '/v1/tickets/%zz')).toBe('400 malformed');
  });
});

describe('a method', () => {
  it('that a route does not have is 404, since the contract has no other word for it', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      for (const path of ['/v1/tickets', '/livez', '/docs', '/dev/token'])
        expect([method, path, await seen('agent-1', method, path)]).toEqual([
          method,
          path,
          '404 not-found',
        ]);
    expect(await seen('agent-1', 'GET', '/dev/token')).toBe('404 not-found');
  });

  it('HEAD answers as GET does, without the body', async () => {
    for (const [actor, path] of [
      ['customer-1', ticket],
      ['customer-1', '/v1/tickets'],
      ['customer-1', credentials],
      [null, '/livez'],
      [null, '/docs'],
    ] as const) {
      const [head, get] = [
        await stage.raw(actor, 'HEAD', path),
        await stage.raw(actor, 'GET', path),
      ];
      expect([head.status, head.text]).toEqual([get.status, '']);
      for (const name of ['content-length', 'content-type', 'etag'])
        expect(head.headers[name]).toBe(get.headers[name]);
    }
    expect((await stage.raw('customer-2', 'HEAD', ticket)).status).toBe(404);
    expect((await stage.raw(null, 'HEAD', ticket)).status).toBe(401);
  });
});

describe('a token', () => {
  it('comes by the scheme Bearer, in whatever case, and by nothing else', async () => {
    const { body } = await stage.raw(
      null,
      'POST',
      '/dev/token',
      '{"sub":"customer-1","roles":["customer"]}',
    );
    const token = body.access_token as string;
    const status = async (authorization: string, path = ticket) =>
      (await stage.raw(null, 'GET', path, undefined, { authorization })).status;
    for (const header of [`Bearer ${token}`, `bearer ${token}`, `BEARER  ${token} `])
      expect(await status(header)).toBe(200);
    const wrong = [
      token,
      `Basic ${token}`,
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Bearer ${token}x`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token.slice(0, -2)}`,
    ];
    for (const header of wrong)
      expect([header.slice(0, 12), await status(header)]).toEqual([header.slice(0, 12), 401]);
    expect(await status('', `${ticket}?access_token=${token}`)).toBe(401);
    const refused = await stage.raw(null, 'GET', ticket);
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('of the role service opens nothing that is for people', async () => {
    expect(
      (await stage.raw(null, 'POST', '/dev/token', '{"sub":"x","roles":["service"]}')).status,
    ).toBe(422);
    expect(await seen('agent-1', 'POST', '/internal/standings')).toBe('404 not-found');
  });
});
