import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { JwtVerifier, type ServiceClient, serviceTokens } from '#identity';
import { describeError } from '#telemetry';
import { withClockOff } from '../../support/clock-off.js';
import { waitFor } from '../../support/wait-for.js';
import { Issuer } from './issuer.fixture.js';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await Issuer.start();
});
afterEach(() => issuer.stop());

const given = (token: string, lifetime = 300) => [200, { access_token: token, token_type: 'Bearer', expires_in: lifetime }] as const;
const configOf = (change: Partial<ServiceClient>) => {
  const config = issuer.config();
  return { ...config, client: { ...config.client!, ...change } };
};
/** What the issuer was asked by, and for. */
async function requestBy(change: Partial<ServiceClient>) {
  let seen: { authorization: string | undefined; form: URLSearchParams; type: string | undefined } | undefined;
  issuer.token = ({ headers }, body) => {
    seen = { authorization: headers.authorization, form: new URLSearchParams(body), type: headers['content-type'] };
    return given('token-1');
  };
  expect(await serviceTokens('credentials', configOf(change)).get()).toBe('token-1');
  return seen!;
}

describe('the request for a service token', () => {
  it('is the client credentials grant, with form-encoded credentials in Basic (RFC 6749, 2.3.1)', async () => {
    const { authorization = '', form, type } = await requestBy({});
    const [scheme, credentials = ''] = authorization.split(' ');
    expect([scheme, Buffer.from(credentials, 'base64').toString()]).toEqual(['Basic', 'credentials-service:pass+word%3A%25']);
    expect([type, [...form]]).toEqual(['application/x-www-form-urlencoded;charset=UTF-8', [['grant_type', 'client_credentials']]]);
  });

  it('asks for a scope, and with whatever else the issuer wants to know', async () => {
    const parameters = { audience: 'urn:us', resource: ['https://one.example/', 'https://two.example/'] };
    const { form } = await requestBy({ scope: 'api/.default more', parameters });
    expect([...form].sort()).toEqual([
      ['audience', 'urn:us'],
      ['grant_type', 'client_credentials'],
      ['resource', 'https://one.example/'],
      ['resource', 'https://two.example/'],
      ['scope', 'api/.default more'],
    ]);
  });

  it('carries the secret in the form where the method is post', async () => {
    const { authorization, form } = await requestBy({ proof: { method: 'post', secret: 'pass word:%' } });
    expect([authorization, form.get('client_id'), form.get('client_secret')]).toEqual([undefined, 'credentials-service', 'pass word:%']);
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'carries an assertion by a key of ours where the method is private_key_jwt: %s',
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const key = { ...(await exportJWK(privateKey)), alg, kid: 'ours' };
      const { form } = await requestBy({ proof: { method: 'private_key_jwt', key } });
      expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', publicKey, { audience: issuer.url });
      expect([payload.iss, payload.sub, protectedHeader]).toEqual(['credentials-service', 'credentials-service', { alg, kid: 'ours' }]);
      expect(payload.jti).toBeDefined();
    },
  );
});

describe('serviceTokens', () => {
  it('shares one request among callers at the same moment, and keeps the token', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    expect(new Set(await Promise.all(Array.from({ length: 10 }, () => tokens.get())))).toEqual(new Set(['token-1']));
    await tokens.get();
    expect(issuer.requests).toEqual(['/token']);
  });

  it('renews a token by how long it lives, with the sleeps of the machine, and well before its end', async () => {
    let count = 0;
    let lifetime = 3600;
    issuer.token = () => given(`token-${(count += 1)}`, lifetime);
    const tokens = serviceTokens('credentials', issuer.config());
    expect([await tokens.get(), await withClockOff(-120, () => tokens.get())]).toEqual(['token-1', 'token-1']);
    expect(await withClockOff(120, () => tokens.get())).toBe('token-2');
    lifetime = 0;
    const short = serviceTokens('credentials', issuer.config());
    expect([await short.get(), await withClockOff(-120, () => short.get())]).toEqual(['token-3', 'token-4']);
    lifetime = 1;
    const soon = serviceTokens('credentials', issuer.config());
    const began = performance.now();
    expect(await soon.get()).toBe('token-5');
    await waitFor(async () => (await soon.get()) === 'token-6');
    expect(performance.now() - began).toBeLessThan(1_000 * (lifetime + 1));
  });

  it('tells of a refusal by its OAuth error, or of an answer without a token, and asks again the next time', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    const answers: [ReturnType<Issuer['token']>, string][] = [
      [[400, { error: 'invalid_scope', error_description: 'pass word' }], 'invalid_scope'],
      [[401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="x"' }], 'invalid_client'],
      [[400, { error: 'pass word' }], 'unreadable-answer'],
      [[401, '<html>', { 'www-authenticate': 'Basic' }], 'unreadable-answer'],
      [[500, {}], 'unreadable-answer'],
      [[200, {}], 'unreadable-answer'],
      [[200, { access_token: 'x', token_type: 'mac' }], 'unreadable-answer'],
      [[302, {}], 'unreadable-answer'],
    ];
    for (const [answer, code] of answers) {
      issuer.token = () => answer;
      const failure = await tokens.get().catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'TokenRequestError', code });
      expect(JSON.stringify([describeError(failure), tokens.health.fault])).not.toContain('pass word');
      expect(tokens.health.fault).toEqual({ reason: 'none-given', code });
    }
    await issuer.stop();
    await expect(tokens.get()).rejects.toMatchObject({ code: 'no-answer' });
    issuer = await Issuer.start();
  });

  it('gives another one for a refused one, but does not ask the issuer all the time', async () => {
    let count = 0;
    issuer.token = () => given(`token-${(count += 1)}`);
    const tokens = serviceTokens('credentials', issuer.config());
    const faults: boolean[] = [];
    tokens.health.onFault = (_fault, isNews) => void faults.push(isNews);
    const first = await tokens.get();
    expect(tokens.refused(first)).toBe(true);
    expect([await tokens.get(), tokens.refused(first)]).toEqual(['token-2', true]);
    expect([tokens.refused('token-2'), await tokens.get()]).toEqual([false, 'token-2']);
    expect([faults, tokens.health.fault]).toEqual([[true, false, false], { reason: 'refused' }]);
    tokens.health.looksRight();
    expect(tokens.health.fault).toBeDefined();
    tokens.accepted();
    expect(tokens.health.fault).toBeUndefined();
  });

  it('signs for itself in development, as a service and nobody else', async () => {
    const keyFile = join(mkdtempSync(join(tmpdir(), 'service-tokens-')), 'dev.pem');
    const config = { mode: 'dev', issuer: 'urn:x', audience: 'x', rolesClaim: 'roles', rolesMap: {}, clockTolerance: 30, keyFile } as const;
    const actor = await new JwtVerifier(config).verify(await serviceTokens('credentials', config).get());
    expect([actor.id, [...actor.roles]]).toEqual(['service:credentials', ['service']]);
  });
});
