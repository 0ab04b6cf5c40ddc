import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, SignJWT } from 'jose';
import { loadedDevKey } from './dev-key.fixture.js';
import { identity, type Running, run, tokenFor } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running;
beforeAll(async () => {
  service = await run(ThingsModule);
});
afterAll(() => service.app.close());

const now = () => Math.floor(Date.now() / 1000);
const sound = (): JWTPayload => ({ sub: 'customer-1', iss: identity.issuer, aud: identity.audience, exp: now() + 60, roles: ['customer'] });
const sign = (claims: JWTPayload, key = loadedDevKey(identity.keyFile), alg = 'EdDSA') =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(key);

async function answerTo(authorization?: string) {
  const answer = await fetch(`${service.url}/v1/things?name=x`, { headers: authorization === undefined ? {} : { authorization } });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') };
}
const refused = { status: 401, code: 'unauthenticated', challenge: 'Bearer' };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const without = (claim: keyof JWTPayload) => Object.fromEntries(Object.entries(sound()).filter(([name]) => name !== claim));

describe('a token', () => {
  it('lets in whoever it speaks for', async () => {
    expect((await answerTo(`Bearer ${await sign(sound())}`)).status).toBe(200);
    expect((await answerTo(`bearer ${await tokenFor('customer-1', 'customer')}`)).status).toBe(200);
  });

  it('is needed, as a bearer token', async () => {
    const token = await sign(sound());
    for (const header of [undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token} x`, `Bearer ${token},`])
      expect(await answerTo(header)).toEqual(refused);
    expect((await fetch(`${service.url}/v1/things?name=x&access_token=${token}`)).status).toBe(401);
  });

  it('has a signature of ours by an asymmetric algorithm', async () => {
    const token = await sign(sound());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const publicPem = createPublicKey(readFileSync(identity.keyFile)).export({ type: 'spki', format: 'pem' });
    const hs256 = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`;
    const forged = [
      `${part({ alg: 'none' })}.${payload}.`,
      `${part({ alg: 'none' })}.${payload}.${signature}`,
      `${hs256}.${createHmac('sha256', publicPem).update(hs256).digest('base64url')}`,
      `${header}.${part({ ...sound(), roles: ['admin'] })}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      await sign(sound(), generateKeyPairSync('ed25519').privateKey),
      await sign(sound(), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 'RS256'),
      'not.a.token',
    ];
    for (const forgery of forged) expect(await answerTo(`Bearer ${forgery}`)).toEqual(refused);
  });

  it('comes from our issuer, for us, and has not ended', async () => {
    const wrong = [
      { ...sound(), iss: 'urn:other' },
      { ...sound(), aud: 'other' },
      { ...sound(), aud: [] },
      { ...sound(), exp: now() - 1 },
      { ...sound(), nbf: now() + 3600 },
      { ...sound(), sub: '' },
      { ...sound(), sub: 'x'.repeat(256) },
      { ...sound(), sub: 'a\0b' },
      ...(['sub', 'iss', 'aud', 'exp'] as const).map(without),
    ];
    for (const claims of wrong) expect(await answerTo(`Bearer ${await sign(claims)}`)).toEqual(refused);
  });

  it('gives the roles that we know, and no others', async () => {
    for (const roles of [undefined, null, [], ['root'], 'customer', { customer: true }, [['customer']]])
      expect((await answerTo(`Bearer ${await sign({ ...sound(), roles })}`)).status).toBe(403);
    expect((await answerTo(`Bearer ${await sign({ ...sound(), roles: ['root', 'customer'] })}`)).status).toBe(200);
  });

  it('is refused from its end on, also where it was seen before', async () => {
    const token = await sign({ ...sound(), exp: now() + 2 });
    expect((await answerTo(`Bearer ${token}`)).status).toBe(200);
    let status = 200;
    for (const until = Date.now() + 10_000; status === 200 && Date.now() < until;) ({ status } = await answerTo(`Bearer ${token}`));
    expect(status).toBe(401);
  });
});
