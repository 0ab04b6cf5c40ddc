import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

let credentials: string;
beforeAll(async () => {
  ({ credentials } = await stage.ticket());
}, 120_000);

const limit = 192 * 1024;
const padded = (json: string, size: number) => json + ' '.repeat(size - Buffer.byteLength(json));

/** One creating call of each service, and the one that the gateway answers itself. */
const doors = [
  {
    name: 'tickets',
    actor: 'customer-1',
    path: () => '/v1/tickets',
    json: '{"subject":"Grüße"}',
    done: 201,
  },
  {
    name: 'credentials',
    actor: 'customer-1',
    path: () => credentials,
    json: '{"username":"ü","password":"p"}',
    done: 201,
  },
  {
    name: 'the gateway',
    actor: null,
    path: () => '/dev/token',
    json: '{"sub":"ü","roles":["agent"]}',
    done: 200,
  },
];

describe.each(doors)('a body for $name', ({ actor, path, json, done }) => {
  const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const { status, body: answer } = await stage.raw(actor, 'POST', path(), body, headers);
    return status === done ? 'read' : `${status} ${answer.code}`;
  };
  const type = (value: string) => ({ 'content-type': value });

  it('may have 192 KiB and not a byte more', async () => {
    expect(await post(padded(json, limit))).toBe('read');
    for (const size of [limit + 1, limit + 2, 1_000_000])
      expect(await post(padded(json, size))).toBe('413 too-large');
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; v=1',
  ])('may be of the type %s', async (value) => {
    expect(await post(json, type(value))).toBe('read');
  });

  it.each([
    'text/plain',
    'application/jsonp',
    'application/merge-patch+json',
    'application/x-www-form-urlencoded',
    'json',
    'application/json; charset=utf-16',
  ])('may not be of the type %s', async (value) => {
    expect(await post(json, type(value))).toBe('415 unsupported-media-type');
  });

  it('is read as it is sent, and refused where it is compressed', async () => {
    for (const encoding of ['identity', 'Identity'])
      expect(await post(json, { 'content-encoding': encoding })).toBe('read');
    for (const encoding of ['gzip', 'br', 'identity, gzip'])
      expect(await post(gzipSync(json), { 'content-encoding': encoding })).toBe(
        '415 unsupported-media-type',
      );
  });

  it.each([
    ['breaks off', json.slice(0, -1)],
    ['goes on', `${json}{}`],
    ['is white space', '  '],
    ['is in Latin-1', Buffer.from(json, 'latin1')],
    ['is in UTF-16', Buffer.from(json, 'utf16le')],
    [
      'has half a surrogate in UTF-8',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    ],
    ['reaches for the prototype', json.replace('{', '{"__proto__":{"x":1},')],
    ['reaches for the prototype in disguise', json.replace('{', '{"\\u005f_proto__":{"x":1},')],
    ['reaches for the constructor', json.replace('{', '{"constructor":{"prototype":{"x":1}},')],
  ])('that %s is malformed', async (_name, body) => {
    expect(await post(body)).toBe('400 malformed');
  });

  it.each(['null', '[]', '"x"', '1', 'true', '[['.repeat(8000) + ']]'.repeat(8000)])(
    'that is no object is invalid',
    async (body) => {
      expect(await post(body)).toBe('422 invalid');
    },
  );

  it('with an unknown property is invalid, however deep or odd, and what is known is not done', async () => {
    const deep = '{"a":'.repeat(3000) + '1' + '}'.repeat(3000);
    for (const more of ['"extra":1', '"constructor":1', '"toString":null', '"":1', `"a":${deep}`])
      expect(await post(json.replace('{', `{${more},`))).toBe('422 invalid');
  });

  it('that names a property twice means the later one, as JSON.parse has it', async () => {
    const [first = ''] = Object.keys(JSON.parse(json) as object);
    expect(await post(json.replace('{', `{"${first}":7,`))).toBe('read');
    expect(await post(json.replace(/}$/, `,"${first}":7}`))).toBe('422 invalid');
  });
});

describe('a body that may be left out', () => {
  it('is left out, empty, or an object; null is none of these', async () => {
    const reveal = (body?: string) => stage.raw('agent-1', 'POST', `${credentials}/reveal`, body);
    expect([
      (await reveal()).status,
      (await reveal('')).status,
      (await reveal('{}')).status,
    ]).toEqual([200, 200, 200]);
    expect((await reveal('null')).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '', code: 'object' }],
    });
  });

  it('of a GET is not read', async () => {
    expect(
      (await stage.raw('agent-1', 'GET', credentials, '{broken', { 'content-type': 'text/plain' }))
        .status,
    ).toBe(200);
  });
});

describe('what is shared', () => {
  it('comes back exactly as it was sent, whatever it is made of', async () => {
    const { credentials } = await stage.ticket();
    const shared = {
      username: ' \0\u0001\ud800\n',
      password: 'e\u0301 é \u200b\ufeff\udfff"\\',
      link: 'https://shop.example',
      additionalInformation: '\0',
    };
    expect((await stage.call('customer-1', 'POST', credentials, shared)).status).toBe(201);
    expect((await stage.call('agent-1', 'POST', `${credentials}/reveal`)).body.items).toMatchObject(
      [shared],
    );
  });
});

describe('a person with the longest id there may be', () => {
  it('can be asked for, and does not stand in the way of others', async () => {
    const requesterId = '🔑'.repeat(255);
    const { body } = await stage.call('agent-1', 'POST', '/v1/tickets', {
      subject: 's',
      requesterId,
    });
    const { status } = await stage.call('admin-1', 'GET', `/v1/tickets/${body.id}/access-log`);
    expect([body.requesterId, status]).toEqual([requesterId, 200]);
  });
});
