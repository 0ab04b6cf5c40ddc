import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtVerifier, serviceTokens } from '#identity';
import { Issuer } from './issuer.fixture.js';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await Issuer.start();
});
afterEach(() => issuer.stop());

describe('serviceTokens', () => {
  it('asks by the client credentials grant, with encoded credentials in Basic (RFC 6749, 2.3.1)', async () => {
    let seen: unknown;
    issuer.token = ({ method, headers }, body) => {
      const [id = '', secret = ''] = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64')
        .toString()
        .split(':');
      seen = [method, headers['content-type'], body, decodeURIComponent(id), decodeURIComponent(secret)];
      return [200, { access_token: 'token-1', expires_in: 300 }];
    };
    expect(await serviceTokens('credentials', issuer.config()).get()).toBe('token-1');
    const form = 'application/x-www-form-urlencoded;charset=UTF-8';
    expect(seen).toEqual(['POST', form, 'grant_type=client_credentials', 'credentials', 'pass word:%']);
  });

  it('shares one request among callers at the same moment, and keeps the token', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    expect(new Set(await Promise.all(Array.from({ length: 10 }, () => tokens.get())))).toEqual(new Set(['token-1']));
    await tokens.get();
    expect(issuer.requests).toEqual(['/token']);
  });

  it('renews a token that has less than half a minute', async () => {
    let count = 0;
    issuer.token = () => [200, { access_token: `token-${(count += 1)}`, expires_in: 29 }];
    const tokens = serviceTokens('credentials', issuer.config());
    expect([await tokens.get(), await tokens.get()]).toEqual(['token-1', 'token-2']);
  });

  it('tells of a refusal or an answer without a token, and asks again the next time', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    for (const answer of [
      [401, { error: 'invalid_client' }],
      [500, {}],
      [200, {}],
      [302, {}],
    ] as const) {
      issuer.token = () => answer;
      const failure = await tokens.get().catch((error: unknown) => String(error));
      expect(failure).toMatch(/token endpoint|fetch failed/);
      expect(failure).not.toContain('pass word');
    }
    issuer.token = () => [200, { access_token: 'token-9', expires_in: 300 }];
    expect(await tokens.get()).toBe('token-9');
  });

  it('signs for itself in development, as a service and nobody else', async () => {
    const keyFile = join(mkdtempSync(join(tmpdir(), 'service-tokens-')), 'dev.pem');
    const config = { mode: 'dev', issuer: 'urn:x', audience: 'x', rolesClaim: 'roles', keyFile } as const;
    const actor = await new JwtVerifier(config).verify(await serviceTokens('credentials', config).get());
    expect([actor.id, [...actor.roles]]).toEqual(['service:credentials', ['service']]);
  });
});
