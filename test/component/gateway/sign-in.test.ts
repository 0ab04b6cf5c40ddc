import { afterEach, describe, expect, it } from '@jest/globals';
import { type Gateway, startGateway } from './gateway.fixture.js';

let gateway: Gateway;
afterEach(() => gateway.close());

describe('how to sign in', () => {
  const told = async (environment?: Record<string, string>) => {
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
    const { mode, people } = (await told()) as { mode: string; people: { sub: string; roles: string[] }[] };
    expect([mode, people.map(({ roles }) => roles[0])]).toEqual(['dev', ['customer', 'customer', 'agent', 'agent', 'admin']]);
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
    expect(await told({ ...issuer, AUTH_WEB_CLIENT_ID: 'desk' })).toEqual({
      mode: 'oidc',
      issuer: issuer.AUTH_ISSUER,
      clientId: 'desk',
      scope: 'openid profile',
      rolesClaim: 'roles',
    });
    expect((await fetch(gateway.url)).headers.get('content-security-policy')).toContain("connect-src 'self' https://id.example;");
  });

  it('is nowhere without a client for the page', async () => {
    expect(await told(issuer)).toEqual({ mode: 'none' });
  });
});
