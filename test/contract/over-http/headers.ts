import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { uuidPattern } from '#contracts';
import { type RawAnswer } from '../stage.js';
import { stage } from './shared-stage.js';

let ticket: string;
let credentials: string;
beforeAll(async () => {
  ({ ticket, credentials } = await stage.ticket());
}, 120_000);

const secret = JSON.stringify({ username: 'u', password: 'p' });
const get = (path: string, headers: Record<string, string> = {}) =>
  stage.raw('customer-1', 'GET', path, undefined, headers);

/**
 * A problem document as docs/contract.md has it, and nothing that
 * a problem should not have.
 */
function expectProblem({ status, headers, body }: RawAnswer, wanted: number, code: string): void {
  expect([status, body.status, body.code]).toEqual([wanted, wanted, code]);
  expect(headers['content-type']).toMatch(/^application\/problem\+json(;|$)/);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:/),
    title: expect.any(String),
    detail: expect.any(String),
  });
  expect(body.requestId).toBe(headers['x-request-id']);
}

describe('X-Request-Id', () => {
  const sane = ['a', 'A.b_c:d-1', 'x'.repeat(128)];
  const insane = ['', ' ', 'a b', 'a\tb', 'x'.repeat(129), '<script>', '{}', 'ü', 'a/b', '"a"'];
  const everywhere = () => [
    ticket,
    '/v1/tickets/nowhere',
    '/v1/nothing',
    '/nothing',
    '/v1/%zz',
    '/livez',
    '/openapi.json',
    '/docs',
  ];

  it("is the request's own where it is sane, on every answer", async () => {
    for (const id of sane)
      for (const path of everywhere())
        expect((await get(path, { 'x-request-id': id })).headers['x-request-id']).toBe(id);
  });

  it('is a new one where it is not, and the same in header and problem', async () => {
    for (const id of insane) {
      const answer = await get('/v1/tickets/nowhere', {
        'x-request-id': Buffer.from(id).toString('latin1'),
      });
      expect(answer.headers['x-request-id']).toMatch(uuidPattern);
      expectProblem(answer, 404, 'not-found');
    }
  });
});

describe('X-Forwarded-For', () => {
  it('of a proxy that TRUST_PROXY does not know of is reported once, by that name and with the remedy', async () => {
    const warnings = () =>
      readFileSync(join(stage.logsDir, 'gateway.log'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('X-Forwarded-For'));
    await get('/livez');
    expect(warnings()).toEqual([]);
    for (const client of ['203.0.113.9', '203.0.113.10'])
      await get(ticket, { 'x-forwarded-for': client });
    const lines = warnings().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      {
        level: 'warn',
        peer: '127.0.0.1',
        text: expect.stringContaining('set it to the number of proxies'),
      },
    ]);
    expect(warnings().join()).toContain('TRUST_PROXY is false');
    expect(warnings().join()).not.toContain('203.0.113');
  });
});

/** A tag as it comes back through proxies that pack answers. */
const asPacked = (version: string) =>
  ['W/"N"', '"N-gzip"', '"N-br"', '"N--gzip"', '"N;gzip"', '"0", W/"N-gzip"'].map((tag) =>
    tag.replace('N', version),
  );

describe('ETag, If-Match and Location', () => {
  it('of a ticket are its version, and the path under which it is found', async () => {
    const made = await stage.raw('customer-1', 'POST', '/v1/tickets', '{"subject":"s"}');
    const { location = '' } = made.headers;
    expect([location, made.headers.etag]).toEqual([`/v1/tickets/${made.body.id}`, '"1"']);
    expect((await get(location)).headers.etag).toBe('"1"');
    const patch = (match: string) =>
      stage.raw('agent-1', 'PATCH', location, '{"status":"pending"}', { 'if-match': match });
    for (const match of ['"2"', 'W/"2"', '"11"', '"1-1"', '1', '', '"x"'])
      expectProblem(await patch(match), 412, 'stale');
    expect((await patch('"7", "1"')).headers.etag).toBe('"2"');
    for (const match of asPacked('2'))
      expect([match, (await patch(match)).status]).toEqual([match, 200]);
    expect((await patch('*')).headers.etag).toBe('"2"');
  });

  it('of a credential are its noteVersion, and the path of its summary', async () => {
    const made = await stage.raw('customer-1', 'POST', credentials, secret);
    const { location = '' } = made.headers;
    const found = await get(location);
    expect([location, found.body]).toEqual([`${credentials}/${made.body.id}`, made.body]);
    expect([made.headers.etag, found.headers.etag]).toEqual(['"1"', '"1"']);
    const patch = (headers: Record<string, string>) =>
      stage.raw('agent-1', 'PATCH', location, '{"additionalInformation":"n"}', headers);
    expectProblem(await patch({}), 428, 'precondition-required');
    for (const match of ['"2"', 'W/"2"', '"11-gzip"', '"1-1"', '1', '', '"01"'])
      expectProblem(await patch({ 'if-match': match }), 412, 'stale');
    const edited = await patch({ 'if-match': '"7","1"' });
    expect([edited.body.noteVersion, edited.headers.etag]).toEqual([2, '"2"']);
    expect((await patch({ 'if-match': '*' })).headers.etag).toBe('"3"');
    let version = 3;
    for (const match of asPacked('N')) {
      const { headers } = await patch({ 'if-match': match.replace('N', String(version)) });
      expect([match, headers.etag]).toEqual([match, `"${(version += 1)}"`]);
    }
  });
});

describe('Idempotency-Key', () => {
  const creators = () => [
    ['customer-1', '/v1/tickets', '{"subject":"s"}', '{"subject":"t"}'],
    ['customer-1', `${ticket}/replies`, '{"body":"b"}', '{"body":"c"}'],
    ['customer-1', credentials, secret, '{"username":"u","password":"q"}'],
    ['agent-1', `${ticket}/credential-requests`, '{"message":"m"}', '{"message":"n"}'],
  ];
  const headerOf = (key: string) => ({ 'idempotency-key': Buffer.from(key).toString('latin1') });

  it('has 1 to 255 printable characters on every creating POST', async () => {
    for (const [actor = '', path = '', body = ''] of creators()) {
      const post = (key: string) => stage.raw(actor, 'POST', path, body, headerOf(key));
      for (const key of ['x'.repeat(255), 'a b~!"'])
        expect([200, 201]).toContain((await post(key)).status);
      for (const key of ['', 'x'.repeat(256), 'ü', 'a\tb']) {
        const answer = await post(key);
        expectProblem(answer, 422, 'invalid');
        expect(answer.body.errors[0].pointer).toBe('Idempotency-Key');
      }
    }
  });

  it('gives the same body the first answer again, and another body a refusal', async () => {
    for (const [actor = '', path = '', body = '', other = ''] of creators()) {
      const post = (content: string) => stage.raw(actor, 'POST', path, content, headerOf('twice'));
      const [first, again] = [await post(body), await post(body)];
      expect([again.status, again.body, again.headers.location]).toEqual([
        first.status,
        first.body,
        first.headers.location,
      ]);
      if (first.status === 201) expectProblem(await post(other), 422, 'idempotency-conflict');
    }
  });
});
