import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../contract/stage.js';
import { ConnectionCounter } from './connection-counter.js';

let stage: Stage;
let counter: ConnectionCounter;
let ticket: string;
let credentials: string;
beforeAll(async () => {
  [stage, counter] = [await openStage(), await ConnectionCounter.start()];
  ({ ticket, credentials } = await stage.ticket());
}, 120_000);
afterAll(async () => {
  await stage.stop();
  await counter.close();
}, 30_000);

const submit = (body: string) => stage.raw('customer-1', 'POST', credentials, body);
const reveal = async (id: string) =>
  (await stage.raw('agent-1', 'POST', `${credentials}/${id}/reveal`)).body;

describe('a key that stands twice in JSON', () => {
  it('is read by one parser only, so the last one is what is validated, stored and compared', async () => {
    const twice = '{"username":"first","password":"p","username":"last"}';
    const { status, body } = await submit(twice);
    expect([status, (await reveal(body.id)).username]).toEqual([201, 'last']);
    expect((await submit('{"username":"fine","password":"p","username":7}')).body).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/username' }],
    });
  });

  it('hides nothing from a rule, whatever its spelling', async () => {
    const { body } = await submit('{"username":"u","password":"p"}');
    const edit = (text: string) =>
      stage.raw('agent-1', 'PATCH', `${credentials}/${body.id}`, text, { 'if-match': '*' });
    for (const text of [
      '{"password":"x","additionalInformation":"n"}',
      '{"additionalInformation":"n","p\\u0061ssword":"x"}',
      '{"password":null,"password":"x","additionalInformation":"n"}',
    ])
      expect((await edit(text)).body).toMatchObject({ status: 422, code: 'immutable-field' });
    expect(
      (await edit('{"additionalInformation":"one","additionalInformation":"two"}')).status,
    ).toBe(200);
    expect(await reveal(body.id)).toMatchObject({ password: 'p', additionalInformation: 'two' });
  });

  it('cannot show one status to a guard and another to the rule', async () => {
    const patch = (text: string) => stage.raw('customer-1', 'PATCH', ticket, text);
    expect((await patch('{"status":"closed","status":"pending"}')).body.code).toBe('forbidden');
    expect((await stage.raw('customer-1', 'GET', ticket)).body.status).toBe('open');
  });
});

describe('a key that reaches a prototype', () => {
  const secret = '"username":"u","password":"p"';
  it.each([
    ['__proto__', 400, `{${secret},"__proto__":{"expiresIn":300}}`],
    ['an escaped __proto__', 400, `{${secret},"\\u005f_proto__":{"expiresIn":300}}`],
    ['constructor.prototype', 400, `{${secret},"constructor":{"prototype":{"expiresIn":300}}}`],
    ['one further down', 400, `{${secret},"link":{"__proto__":{"x":1}}}`],
    ['constructor alone', 422, `{${secret},"constructor":"x"}`],
    ['toString', 422, `{${secret},"toString":"x"}`],
    ['prototype', 422, `{${secret},"prototype":{}}`],
  ])('%s is refused, and nothing after it is different', async (_name, status, body) => {
    expect((await submit(body)).status).toBe(status);
    const { id } = (await submit(`{${secret}}`)).body;
    expect(await reveal(id)).toMatchObject({
      username: 'u',
      password: 'p',
      link: null,
      additionalInformation: null,
    });
  });
});

describe('a link', () => {
  const bad = [
    ...[
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://host/x',
      'gopher://x/',
      'vbscript:x',
    ],
    ...[
      'http:host',
      '//host/x',
      '/x',
      'host',
      'http://',
      'https://?x',
      ' https://host/x',
      'https:\\\\host\\x',
      'blob:https://host/x',
    ],
    ...[
      'https://user@host/',
      'https://user:pass@host/',
      'https://host\\@evil.example/',
      'https://:@host/',
      'https://%00@host/',
    ],
    ...[
      'https://host/\n',
      'https://host/\tx',
      'java\nscript:alert(1)',
      'https://host/\u0000',
      'https://ho\u0085st/',
      'https://host/\u007f',
    ],
    ...['http://[::1', 'http://host:99999/', 'https://ho st/', `https://host/${'x'.repeat(2048)}`],
  ];
  it.each(bad.map((link) => [JSON.stringify(link).slice(0, 60), link]))(
    '%s is refused, and not repeated',
    async (_name, link) => {
      const { body, text } = await submit(JSON.stringify({ username: 'u', password: 'p', link }));
      expect(body).toMatchObject({ status: 422, code: 'invalid', errors: [{ pointer: '/link' }] });
      if (link.length > 6) expect(text).not.toContain(link);
    },
  );

  it('that is one is kept exactly as it was sent', async () => {
    for (const link of [
      'https://HOST.example:8443/a%20b?x=@y#z',
      'http://[::1]:80/',
      'https://bücher.example/ü',
      'HTTPS://h/..//a',
    ]) {
      const { body } = await submit(JSON.stringify({ username: 'u', password: 'p', link }));
      expect((await reveal(body.id)).link).toBe(link);
    }
  });

  it('is never followed, whatever happens to the credential', async () => {
    const [mine, link] = [await stage.ticket(), counter.url];
    const bait = { username: link, password: link, link, additionalInformation: link };
    const share = async () =>
      (await stage.call('customer-1', 'POST', mine.credentials, bait)).body.id as string;
    const [kept, deleted] = [
      `${mine.credentials}/${await share()}`,
      `${mine.credentials}/${await share()}`,
    ];
    await stage.call('agent-1', 'POST', `${mine.credentials}/reveal`, { reason: link });
    await stage.call(
      'agent-1',
      'PATCH',
      kept,
      { additionalInformation: `${link}?again` },
      { 'if-match': '"1"' },
    );
    await stage.call('agent-1', 'POST', `${mine.ticket}/credential-requests`, { message: link });
    await stage.call('agent-1', 'POST', `${mine.ticket}/replies`, { body: link });
    await stage.call('agent-1', 'DELETE', deleted);
    expect((await stage.call('agent-1', 'PATCH', mine.ticket, { status: 'closed' })).status).toBe(
      200,
    );
    expect(await counter.proven()).toBe(0);
  });
});
