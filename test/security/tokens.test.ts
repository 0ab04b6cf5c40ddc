import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { Issuer } from '../component/identity/issuer.fixture.js';
import { sendRaw } from '../contract/stage.js';
import { type System } from '../e2e/system.js';
import { startWithIssuer } from './with-issuer.js';
import { ConnectionCounter } from './connection-counter.js';

let issuer: Issuer;
let system: System;
let counter: ConnectionCounter;
let attacker: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  [issuer, counter, attacker] = [
    await Issuer.start(),
    await ConnectionCounter.start(),
    await generateKeyPair('RS256'),
  ];
  system = await startWithIssuer(issuer);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await issuer.stop();
  await counter.close();
}, 30_000);

const now = () => Math.floor(Date.now() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: issuer.url,
  aud: 'us',
  sub: 'agent-1',
  roles: ['agent'],
  exp: now() + 300,
  ...more,
});
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Gateway, tickets and credentials: each verifies for itself. */
const doors = () => [
  [system.url, '/v1/tickets'],
  [system.ticketsUrl, '/v1/tickets'],
  [system.credentialsUrl, '/v1/tickets/t/credentials'],
];
async function statuses(token: string): Promise<number[]> {
  const headers = { authorization: `Bearer ${token}` };
  const answers = doors().map(([url = '', path = '']) =>
    sendRaw(url, { method: 'GET', path, headers }),
  );
  return (await Promise.all(answers)).map(({ status }) => status);
}
const refused = [401, 401, 401];

const forge = (header: JWTHeaderParameters, payload: JWTPayload = claims()) =>
  new SignJWT(payload)
    .setProtectedHeader(header)
    .sign(attacker.privateKey, { crit: { 'urn:unheard-of': true, b64: true } });

async function publicKey(): Promise<JsonWebKey> {
  return ((await (await fetch(`${issuer.url}/jwks`)).json()) as { keys: JsonWebKey[] })
    .keys[0] as JsonWebKey;
}

it('a token of the issuer opens every service: the positive control', async () => {
  expect(await statuses(await issuer.sign({ sub: 'agent-1' }))).toEqual([200, 200, 404]);
});

describe('a token that nobody has signed', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', null, 0])('with alg %j is refused', async (alg) => {
    for (const signature of ['', 'AA', base64({})])
      expect(
        await statuses(`${base64({ alg, kid: 'key-1' })}.${base64(claims())}.${signature}`),
      ).toEqual(refused);
  });

  it('with the signature of another one is refused', async () => {
    const [head = '', , signature = ''] = (await issuer.sign({})).split('.');
    expect(await statuses(`${head}.${base64(claims({ roles: ['admin'] }))}.${signature}`)).toEqual(
      refused,
    );
  });
});

describe('a token that is signed with what everybody knows', () => {
  it.each(['HS256', 'HS384', 'HS512'])(
    '%s with the public key as the secret is refused',
    async (alg) => {
      const jwk = await publicKey();
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const secrets = [
        key.export({ type: 'spki', format: 'pem' }),
        key.export({ type: 'spki', format: 'der' }),
        JSON.stringify(jwk),
        jwk.n ?? '',
        '',
      ];
      for (const secret of secrets) {
        const signed = `${base64({ alg, kid: 'key-1' })}.${base64(claims())}`;
        const signature = createHmac(`sha${alg.slice(2)}`, secret)
          .update(signed)
          .digest('base64url');
        expect(await statuses(`${signed}.${signature}`)).toEqual(refused);
      }
    },
  );
});

describe('a token that brings its own key', () => {
  it('is refused, whatever header names the key, and nobody goes there', async () => {
    const jwk = { ...(await exportJWK(attacker.publicKey)), kid: 'key-1', alg: 'RS256' };
    const certificate = Buffer.from('no certificate').toString('base64');
    for (const header of [
      { jwk },
      { jku: counter.url },
      { x5u: counter.url },
      { x5c: [certificate] },
      { jku: counter.url, jwk, x5u: counter.url },
    ])
      for (const kid of ['key-1', 'their-key', counter.url, '../../dev/null', "' OR 1=1 --"])
        expect(await statuses(await forge({ alg: 'RS256', kid, ...header }))).toEqual(refused);
    expect(await counter.proven()).toBe(0);
  });
});

describe('a token of the issuer', () => {
  it.each<[string, JWTPayload]>([
    ['for somebody else', { aud: 'them' }],
    ['for a name that begins like ours', { aud: 'us.example' }],
    ['for nobody', { aud: undefined }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of no issuer', { iss: undefined }],
    ['without an end', { exp: undefined }],
    ['that has ended', { exp: 1 }],
    ['whose end is a text', { exp: '9999999999' as never }],
    ['that begins tomorrow', { nbf: Math.floor(Date.now() / 1000) + 86_400 }],
    ['for no person', { sub: undefined }],
    ['for a person without a name', { sub: '' }],
  ])('%s is refused', async (_name, wrong) => {
    expect(await statuses(await issuer.sign(wrong))).toEqual(refused);
  });

  it('with an extension that must be understood is refused', async () => {
    const header = { crit: ['urn:unheard-of'], 'urn:unheard-of': true };
    expect(await statuses(await issuer.sign({}, 'key-1', 'RS256', header))).toEqual(refused);
  });

  it.each([
    ['Agent'],
    [{ agent: false }],
    ['agents superadmin'],
    [[['agent']]],
    [['Agent', 'ADMIN', 'superuser']],
    [null],
    [undefined],
  ])('with roles %j opens nothing', async (roles) => {
    expect((await statuses(await issuer.sign({ roles }))).slice(0, 2)).toEqual([403, 403]);
  });

  it('with the role service opens no door that is for people', async () => {
    expect(
      (await statuses(await issuer.sign({ sub: 'x', roles: ['service'] }))).slice(0, 2),
    ).toEqual([403, 403]);
  });
});
