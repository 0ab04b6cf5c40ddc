import { createHash, getHashes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from '../contract/stage.js';
import { waitFor } from '../support/wait-for.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.stop(), 30_000);

const secret = {
  username: 'shop-admin',
  password: 'correct horse battery staple',
  additionalInformation: 'call first',
};
const key = (name: string) => ({ 'idempotency-key': name });
const submit = (to: string, name: string, body: object = secret, actor = 'customer-1') =>
  stage.call(actor, 'POST', to, body, key(name));
const listed = async (credentials: string) =>
  (await stage.call('customer-1', 'GET', credentials)).body.items as unknown[];

describe('a submission that is sent again under its key', () => {
  it('is answered as the first time, however often, read and edited meanwhile', async () => {
    const { credentials } = await stage.ticket();
    const first = await submit(credentials, 'again');
    await stage.call('agent-1', 'POST', `${credentials}/reveal`);
    await stage.call(
      'agent-1',
      'PATCH',
      `${credentials}/${first.body.id}`,
      { additionalInformation: null },
      { 'if-match': '"1"' },
    );
    const again = await submit(credentials, 'again');
    expect([again.status, again.body, again.headers.get('location')]).toEqual([
      201,
      first.body,
      first.headers.get('location'),
    ]);
    expect(
      (await submit(credentials, 'again', { ...secret, additionalInformation: 'x' })).body.code,
    ).toBe('idempotency-conflict');
    expect(await listed(credentials)).toHaveLength(1);
  });

  it.each([
    ['another password', { ...secret, password: 'x' }],
    ['another user name', { ...secret, username: 'x' }],
    ['another note', { ...secret, additionalInformation: 'x' }],
    ['no note', { username: secret.username, password: secret.password }],
    ['a link more', { ...secret, link: 'https://host.example/' }],
    ['another life', { ...secret, expiresIn: 3600 }],
    ['fields exchanged', { ...secret, username: secret.password, password: secret.username }],
  ])('with %s is refused, and nothing is stored or told', async (name, other) => {
    const { credentials } = await stage.ticket();
    await submit(credentials, name);
    const { body } = await submit(credentials, name, other);
    expect(body).toMatchObject({ status: 422, code: 'idempotency-conflict' });
    expect(JSON.stringify(body)).not.toContain(secret.password);
    expect(await listed(credentials)).toHaveLength(1);
  });

  it('after it was deleted, or its ticket has ended, is 409, and is not stored again', async () => {
    const [one, two] = [await stage.ticket(), await stage.ticket()];
    const { body } = await submit(one.credentials, 'gone');
    await stage.call('customer-1', 'DELETE', `${one.credentials}/${body.id}`);
    await submit(two.credentials, 'gone');
    await stage.call('agent-1', 'PATCH', two.ticket, { status: 'resolved' });
    for (const { credentials } of [one, two]) {
      expect((await submit(credentials, 'gone')).body).toMatchObject({
        status: 409,
        code: 'ticket-ended',
      });
      await waitFor(async () => (await listed(credentials)).length === 0);
    }
    await stage.call('agent-1', 'PATCH', two.ticket, { status: 'open' });
    expect((await submit(two.credentials, 'gone')).body.code).toBe('ticket-ended');
  });

  it('twice at once is stored once', async () => {
    const { credentials } = await stage.ticket();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => submit(credentials, 'at once')),
    );
    expect(await listed(credentials)).toHaveLength(1);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ body }) => body.id as string)).size).toBe(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
  });

  it('by somebody else, or under another ticket, is another one', async () => {
    const [one, two] = [await stage.ticket(), await stage.ticket()];
    const first = await submit(one.credentials, 'mine');
    expect((await submit(two.credentials, 'mine')).body.id).not.toBe(first.body.id);
    expect((await submit(one.credentials, 'mine', secret, 'customer-2')).status).toBe(404);
  });
});

describe('what is kept for it', () => {
  const digestOf = (name: string, text: string): Buffer[] => {
    try {
      return [createHash(name).update(text).digest()];
    } catch {
      return []; // Listed, but not to be had from this OpenSSL.
    }
  };
  const formsOf = (digest: Buffer) => [
    digest.toString('hex'),
    digest.toString('base64').replace(/=+$/, ''),
  ];

  /**
   * The body and each secret, and every digest of them that anybody would think of, whole
   * and cut, in the forms in which one is stored.
   */
  const tracesOf = (body: string): string[] =>
    [body, ...Object.values(secret), `${secret.username}:${secret.password}`].flatMap((text) => {
      const digests = getHashes().flatMap((name) => digestOf(name, text));
      return [
        text,
        ...[
          Buffer.from(text),
          ...digests,
          ...digests.map((digest) => digest.subarray(0, 16)),
        ].flatMap(formsOf),
      ];
    });

  const everything = async () => {
    const { credentials } = stage.databases;
    const tables = await credentials.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) =>
        credentials.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`),
      ),
    );
    return rows
      .flat()
      .map(({ row }) => row)
      .join('\n');
  };

  it('holds neither the body nor a digest of it or of a secret, in any table', async () => {
    const { credentials } = await stage.ticket();
    await submit(credentials, 'kept');
    const stored = await everything();
    expect(stored).toContain('kept');
    expect(tracesOf(JSON.stringify(secret)).filter((trace) => stored.includes(trace))).toEqual([]);
  });

  it('would be found: the positive control', async () => {
    const digest = createHash('sha256').update(secret.password).digest('hex');
    const { credentials } = stage.databases;
    await credentials.query('UPDATE idempotency SET answer = $1', [JSON.stringify({ digest })]);
    const stored = await everything();
    expect(tracesOf('{}').filter((trace) => stored.includes(trace))).toContain(digest);
  });
});
