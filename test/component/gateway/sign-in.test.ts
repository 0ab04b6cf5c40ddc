import { afterEach, describe, expect, it } from '@jest/globals';
import { type Gateway, startGateway } from './gateway.fixture.js';

let gateway: Gateway;
afterEach(() => gateway.close());

describe('how to sign in', () => {
  const configuration = async (environment?: Record<string, string>) => {
    gateway = await startGateway(environment);
    const answer = await fetch(`${gateway.url}/sign-in.json`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return answer.json();
  };
  const issuer = {
    AUTH_MODE: 'oidc',
    AUTH_ISSUER: 'https://id.example/realms/x',
    AUTH_AUDIENCE: 'x',
    AUTH_JWKS_URI: 'https://id.example/k',
  };

  it('is as people of the development mode, each of whom gets a token', async () => {
    const { mode, people } = (await configuration()) as {
      mode: string;
      people: { sub: string; roles: string[] }[];
    };
    expect([mode, people.map(({ roles }) => roles[0])]).toEqual([
      'dev',
      ['customer', 'customer', 'agent', 'agent', 'admin'],
    ]);
    for (const person of people) {
      const answer = await fetch(`${gateway.url}/dev/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(person),
      });
      expect(answer.status).toBe(200);
    }
  });

  it('is at the issuer, which the page then may call', async () => {
    expect(await configuration({ ...issuer, AUTH_WEB_CLIENT_ID: 'desk' })).toEqual({
      mode: 'oidc',
      issuer: issuer.AUTH_ISSUER,
      clientId: 'desk',
      scope: 'openid profile',
      parameters: {},
    });
    expect((await fetch(gateway.url)).headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://id.example;",
    );
  });

  it('asks the issuer for what it wants to know besides, where a setting says so, and may call where its tokens are', async () => {
    const web = {
      AUTH_WEB_CLIENT_ID: 'desk',
      AUTH_WEB_PARAMETERS:
        '{"audience":"x","resource":["https://a.example/","https://b.example/"]}',
      AUTH_WEB_ORIGINS: 'https://tokens.example, https://more.example',
    };
    expect(await configuration({ ...issuer, ...web })).toMatchObject({
      parameters: { audience: 'x', resource: ['https://a.example/', 'https://b.example/'] },
    });
    expect((await fetch(gateway.url)).headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://id.example https://tokens.example https://more.example;",
    );
  });

  it('tells the page whom its token speaks for, and nobody else anything', async () => {
    gateway = await startGateway();
    const body = JSON.stringify({ sub: 'bob', roles: ['agent'], name: 'Bob' });
    const headers = { 'content-type': 'application/json' };
    const { access_token: token } = (await (
      await fetch(`${gateway.url}/dev/token`, { method: 'POST', headers, body })
    ).json()) as {
      access_token: string;
    };
    const answer = await fetch(`${gateway.url}/me.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual({
      id: 'bob',
      name: 'Bob',
      roles: ['agent'],
      signedInAt: expect.any(Number),
    });
    const refused = await fetch(`${gateway.url}/me.json`, {
      headers: { authorization: 'Bearer opaque' },
    });
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { code: 'unauthenticated' },
    ]);
    expect(refused.headers.get('www-authenticate')).toContain('error_description="not-a-jwt"');
  });

  it('is nowhere without a client for the page', async () => {
    expect(await configuration(issuer)).toEqual({ mode: 'none' });
  });
});
