import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyLimit } from '#http-server';
import { createLogger } from '#telemetry';
import { type Running, run, tokenFor } from './service.fixture.js';
import { secret, ThingsModule } from './things.fixture.js';

let service: Running;
let authorization: string;
const logged: string[] = [];
beforeAll(async () => {
  const log = createLogger({
    service: 'test',
    level: 'debug',
    destination: { write: (line) => logged.push(line) },
  });
  service = await run(ThingsModule, { log });
  authorization = `Bearer ${await tokenFor('customer-1', 'customer')}`;
});
afterAll(() => service.app.close());

const json = 'application/json';
async function post(
  body: string | Uint8Array,
  type = json,
  path = '/v1/things/1',
  more: Record<string, string> = {},
) {
  const answer = await fetch(service.url + path, {
    method: 'POST',
    body,
    headers: { authorization, 'content-type': type, ...more },
  });
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type'),
  };
}

describe('the answer to a bad request repeats nothing that was sent:', () => {
  const utf8 = (...bytes: number[]) =>
    Buffer.concat([Buffer.from(`{"name":"${secret}`), Buffer.from(bytes), Buffer.from('"}')]);
  const hostile: readonly (readonly [
    string,
    number,
    string | Uint8Array,
    string?,
    string?,
    Record<string, string>?,
  ])[] = [
    ['JSON that breaks off', 400, `{"name":"${secret}`],
    ['JSON with an unexpected token', 400, `{"name":${secret}}`],
    ['text after the JSON', 400, `{"name":"x"}${secret}`],
    ['bytes that are not UTF-8', 400, utf8(0xff)],
    ['an overlong UTF-8 sequence', 400, utf8(0xc0, 0x80)],
    ['half a surrogate in UTF-8', 400, utf8(0xed, 0xa0, 0x80)],
    ['UTF-16', 400, Buffer.from(`{"name":"${secret}"}`, 'utf16le')],
    ['a key that reaches the prototype', 400, `{"__proto__":{"x":"${secret}"}}`],
    ['a key that reaches the constructor', 400, `{"constructor":{"prototype":{"x":"${secret}"}}}`],
    ['a property named constructor', 422, `{"name":"x","constructor":"${secret}"}`],
    ['a body that is no object', 422, `"${secret}"`],
    ['a list', 422, `["${secret}"]`],
    ['a value of the wrong type', 422, `{"name":{"a":"${secret}"}}`],
    ['a value that is too long', 422, `{"name":"${secret.repeat(5)}"}`],
    ['an unknown property', 422, `{"name":"x","other":"${secret}"}`],
    ['a property whose name is the value', 422, `{"name":"x","my ${secret}":1}`],
    ['a body over the limit', 413, `{"name":"${secret}${'x'.repeat(bodyLimit)}"}`],
    ['another type', 415, secret, 'text/plain'],
    ['a type like JSON', 415, `{"name":"${secret}"}`, 'application/jsonp'],
    ['a form', 415, `name=${secret}`, 'application/x-www-form-urlencoded'],
    ['a type that is not one', 415, `{"name":"${secret}"}`, secret],
    ['another encoding', 415, `{"name":"${secret}"}`, 'application/json; charset=iso-8859-1'],
    [
      'a compressed body',
      415,
      `{"name":"${secret}"}`,
      json,
      '/v1/things/1',
      { 'content-encoding': 'gzip' },
    ],
    ['a path that does not exist', 404, '{}', json, `/v1/${secret}`],
    ['a query that is not known', 404, '{}', json, `/v1/nothing?${secret}=${secret}`],
    ['a URL that cannot be decoded', 400, '{}', json, `/v1/things/${secret}%zz`],
    ['a very long id', 404, '{}', json, `/v1/things/${secret.repeat(100)}`],
  ];

  for (const [name, status, body, type, path, more] of hostile) {
    it(`${name} is answered ${status}`, async () => {
      const answer = await post(body, type, path, more);
      expect(answer.status).toBe(status);
      expect(answer.type).toMatch(/^application\/problem\+json/);
      expect(answer.text).not.toContain(secret);
    });
  }

  it('an error that nobody foresaw is a plain 500, whose text stays in neither answer nor log', async () => {
    const answer = await fetch(`${service.url}/v1/broken`, {
      headers: { authorization, 'x-request-id': 'find-me' },
    });
    const text = await answer.text();
    expect([answer.status, JSON.parse(text)]).toMatchObject([
      500,
      { code: 'internal', requestId: 'find-me' },
    ]);
    expect(text).not.toContain(secret);
    expect(await service.metrics.text()).toMatch(
      /http_server_faults_total\{code="internal",service="test"\} 1/,
    );
    expect(
      logged.some(
        (line) =>
          line.includes('"request failed"') &&
          line.includes('find-me') &&
          line.includes('things.fixture'),
      ),
    ).toBe(true);
  });

  it('a query that is not known is named, without its value', async () => {
    const answer = await fetch(`${service.url}/v1/things?name=x&other=${secret}`, {
      headers: { authorization },
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { errors: [{ pointer: 'other', code: 'unknown' }] },
    ]);
  });

  it('what is not HTTP gets a problem too, and the connection is closed', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.end(`${secret}\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1.1 400 .*Connection: close.*"code":"malformed"/s);
    expect(text).not.toContain(secret);
  });

  it('nothing of it is in the log', () => {
    expect(logged.length).toBeGreaterThan(hostile.length);
    expect(logged.join('')).not.toContain(secret);
    expect(logged.join('')).not.toContain(authorization.slice(20));
  });
});
