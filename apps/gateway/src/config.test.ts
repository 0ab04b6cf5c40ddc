import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { readGatewayConfig } from './config.js';

const sound = {
  AUTH_MODE: 'dev',
  AUTH_DEV_KEY_FILE: 'key.pem',
  TICKETS_URL: 'http://127.0.0.1:1',
  CREDENTIALS_URL: 'http://localhost:2',
  RABBITMQ_URL: 'amqp://127.0.0.1:3',
};
const read = (environment: Record<string, string>) =>
  readEnvironment({ ...sound, ...environment }, readGatewayConfig);

describe('readGatewayConfig', () => {
  it('trusts no proxy, no origin and 600 requests a minute by default, and shows its documentation', () => {
    expect(read({})).toMatchObject({
      trustedProxies: false,
      corsOrigins: [],
      addressLimit: 600,
      documented: true,
    });
  });

  it('takes proxies as a number, addresses, networks and their names', () => {
    expect(read({ TRUST_PROXY: 'false' }).trustedProxies).toBe(false);
    expect(read({ TRUST_PROXY: '2' }).trustedProxies).toBe(2);
    expect(read({ TRUST_PROXY: '10.0.0.0/8, ::1,loopback' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
      'loopback',
    ]);
  });

  it('refuses to believe everybody, and says what to set instead', () => {
    for (const everybody of ['true', '0.0.0.0/0', '::/0', 'loopback,true'])
      expect(() => read({ TRUST_PROXY: everybody })).toThrow(
        /TRUST_PROXY.*the number of proxies in front \(1\).*networks \(10\.0\.0\.0\/8\)/,
      );
  });

  it('takes a public URL with or without a path, and with or without a slash at its end', () => {
    expect(read({}).publicUrl).toEqual({ href: undefined, path: '' });
    for (const end of ['', '/']) {
      expect(read({ PUBLIC_URL: `https://desk.example:8443${end}` }).publicUrl).toEqual({
        href: 'https://desk.example:8443',
        path: '',
      });
      const within = read({ PUBLIC_URL: `https://desk.example/help/my-creds_1${end}` }).publicUrl;
      expect(within).toEqual({
        href: 'https://desk.example/help/my-creds_1',
        path: '/help/my-creds_1',
      });
    }
  });

  it('refuses what is wrong by the name of its variable, without its value', () => {
    for (const [variable, value] of [
      ['TRUST_PROXY', 'everybody-s3cret'],
      ['TRUST_PROXY', '10.0.0.0/33'],
      ['TRUST_PROXY', '-1'],
      ['TRUST_PROXY', ','],
      ['CORS_ORIGINS', '*'],
      ['CORS_ORIGINS', 'https://desk.example/s3cret'],
      ...[
        'ftp://s3cret',
        's3cret',
        'https://s3cret@desk.example',
        'https://desk.example/?s3cret',
        'https://desk.example/s3cret%20/',
      ].map((url) => ['PUBLIC_URL', url] as const),
      ['PUBLIC_URL', 'https://s3cret.example/v1/desk'],
      ['TICKETS_URL', 'http://10.0.0.1:3001'],
      ['CREDENTIALS_URL', 'ftp://s3cret'],
      ['DOCS', 's3cret'],
      ['HSTS', 's3cret'],
    ] as const) {
      expect(() => read({ [variable]: value })).toThrow(variable);
      expect(() => read({ [variable]: value })).not.toThrow(/s3cret|33/);
    }
    expect(
      read({ TICKETS_URL: 'http://10.0.0.1:3001', ALLOW_PLAIN_HTTP: 'true' }).tickets.urls,
    ).toHaveLength(1);
  });

  it('gives development tokens on loopback only, and never in production', () => {
    expect(() => read({ NODE_ENV: 'production' })).toThrow('AUTH_MODE');
    expect(() => read({ HOST: '0.0.0.0' })).toThrow('AUTH_MODE');
    expect(read({ HOST: '127.0.0.1' }).identity.mode).toBe('dev');
  });

  it('needs an issuer that a browser can go to where the page is its client', () => {
    const oidc = {
      AUTH_MODE: 'oidc',
      AUTH_AUDIENCE: 'x',
      AUTH_JWKS_URI: 'https://id.example/keys',
    };
    expect(read({ ...oidc, AUTH_ISSUER: 'urn:issuer' }).signIn).toEqual({ mode: 'none' });
    expect(() => read({ ...oidc, AUTH_ISSUER: 'urn:issuer', AUTH_WEB_CLIENT_ID: 'desk' })).toThrow(
      'AUTH_ISSUER',
    );
  });
});
