import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, SignJWT } from 'jose';
import { type RefusalReason } from '#identity';
import { createLogger } from '#telemetry';
import { waitFor } from '../../support/wait-for.js';
import { loadedDevKey } from './dev-key.fixture.js';
import { identity, type Running, run, tokenFor } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running;
const lines: string[] = [];
beforeAll(async () => {
  service = await run(ThingsModule, {
    log: createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } }),
  });
});
afterAll(() => service.app.close());

const now = () => Math.floor(Date.now() / 1000);
const sound = (): JWTPayload => ({
  sub: 'customer-1',
  iss: identity.issuer,
  aud: identity.audience,
  exp: now() + 60,
  roles: ['customer'],
});
const sign = (claims: JWTPayload, key = loadedDevKey(identity.keyFile), alg = 'EdDSA') =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(key);

async function answerTo(authorization?: string) {
  const answer = await fetch(`${service.url}/v1/things?name=x`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') };
}
const refusedAs = (reason: RefusalReason) => ({
  status: 401,
  code: 'unauthenticated',
  challenge:
    reason === 'no-token'
      ? 'Bearer'
      : `Bearer error="invalid_token", error_description="${reason}"`,
});
const refusals = async (reason: RefusalReason) =>
  Number(
    new RegExp(`^tokens_refused_total\\{reason="${reason}",service="test"\\} (\\d+)$`, 'm').exec(
      await service.metrics.text(),
    )?.[1] ?? 0,
  );
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const without = (claim: keyof JWTPayload) =>
  Object.fromEntries(Object.entries(sound()).filter(([name]) => name !== claim));

describe('a token', () => {
  it('lets in whoever it speaks for', async () => {
    expect((await answerTo(`Bearer ${await sign(sound())}`)).status).toBe(200);
    expect((await answerTo(`bearer ${await tokenFor('customer-1', 'customer')}`)).status).toBe(200);
  });

  it('is needed, as a bearer token', async () => {
    const token = await sign(sound());
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      `Bearer ${token} x`,
      `Bearer ${token},`,
    ])
      expect(await answerTo(header)).toEqual(refusedAs('no-token'));
    expect((await fetch(`${service.url}/v1/things?name=x&access_token=${token}`)).status).toBe(401);
  });

  it('has a signature of ours by an asymmetric algorithm', async () => {
    const token = await sign(sound());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const publicPem = createPublicKey(readFileSync(identity.keyFile)).export({
      type: 'spki',
      format: 'pem',
    });
    const hs256 = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
    const forged: [string, RefusalReason][] = [
      [`${part({ alg: 'none' })}.${payload}.`, 'unusable-algorithm'],
      [`${part({ alg: 'none' })}.${payload}.${signature}`, 'unusable-algorithm'],
      [
        `${hs256}.${createHmac('sha256', publicPem).update(hs256).digest('base64url')}`,
        'unusable-algorithm',
      ],
      [`${header}.${part({ ...sound(), roles: ['admin'] })}.${signature}`, 'bad-signature'],
      [`${header}.${payload}.`, 'bad-signature'],
      [`${header}.${payload}`, 'not-a-jwt'],
      [await sign(sound(), generateKeyPairSync('ed25519').privateKey), 'bad-signature'],
      ['not.a.token', 'not-a-jwt'],
      ['8xLOxBtZp8', 'not-a-jwt'],
    ];
    for (const [forgery, reason] of forged)
      expect(await answerTo(`Bearer ${forgery}`)).toEqual(refusedAs(reason));
    const ofAnotherKind = await sign(
      sound(),
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
      'RS256',
    );
    expect(await answerTo(`Bearer ${ofAnotherKind}`)).toMatchObject({ status: 401 });
  });

  it('comes from our issuer, for us, and has not ended; the log, a metric and the caller are told what is wrong, and nothing of the token', async () => {
    const wrong: [JWTPayload, RefusalReason][] = [
      [{ ...sound(), iss: 'urn:other-s3cret' }, 'wrong-issuer'],
      [{ ...sound(), aud: 'other-s3cret' }, 'wrong-audience'],
      [{ ...sound(), aud: [] }, 'wrong-audience'],
      [{ ...sound(), exp: now() - 3600 }, 'token-expired'],
      [{ ...sound(), nbf: now() + 3600 }, 'not-yet-valid'],
      [{ ...sound(), sub: '' }, 'bad-claim'],
      [{ ...sound(), sub: 'x'.repeat(256) }, 'bad-claim'],
      [{ ...sound(), sub: 's3cret\0b' }, 'bad-claim'],
      [without('sub'), 'bad-claim'],
      [without('exp'), 'bad-claim'],
      [without('iss'), 'wrong-issuer'],
      [without('aud'), 'wrong-audience'],
    ];
    for (const [claims, reason] of wrong) {
      const before = await refusals(reason);
      lines.length = 0;
      expect(await answerTo(`Bearer ${await sign(claims)}`)).toEqual(refusedAs(reason));
      await waitFor(() => lines.length === 1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'request', status: 401, reason });
      expect(lines[0]).not.toContain('s3cret');
      expect(await refusals(reason)).toBe(before + 1);
    }
  });

  it('gives the roles that we know, and no others', async () => {
    for (const roles of [
      undefined,
      null,
      [],
      ['root-s3cret'],
      'Customer',
      { customer: false },
      [['customer']],
    ]) {
      lines.length = 0;
      expect((await answerTo(`Bearer ${await sign({ ...sound(), roles })}`)).status).toBe(403);
      await waitFor(() => lines.length === 1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        reason: 'no-role',
        claim: 'roles',
        text: expect.stringContaining('AUTH_ROLES_MAP'),
      });
      expect(lines[0]).not.toContain('s3cret');
    }
    for (const roles of [['root', 'customer'], 'root customer', { customer: true }])
      expect((await answerTo(`Bearer ${await sign({ ...sound(), roles })}`)).status).toBe(200);
  });

  it('is refused from its end on, also where it was seen before', async () => {
    const token = await sign({ ...sound(), exp: now() + 2 });
    expect((await answerTo(`Bearer ${token}`)).status).toBe(200);
    let status = 200;
    for (const until = Date.now() + 10_000; status === 200 && Date.now() < until;)
      ({ status } = await answerTo(`Bearer ${token}`));
    expect(status).toBe(401);
  });
});
