import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { type ServiceClient, serviceTokens } from '#identity';
import { given, Issuer } from './issuer.fixture.js';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await Issuer.start();
});
afterEach(() => issuer.stop());

const configOf = (change: Partial<ServiceClient>) => {
  const config = issuer.config();
  return { ...config, client: { ...config.client!, ...change } };
};
/** What the issuer was asked by, and for. */
async function requestBy(change: Partial<ServiceClient>) {
  let seen:
    | { authorization: string | undefined; form: URLSearchParams; type: string | undefined }
    | undefined;
  issuer.token = ({ headers }, body) => {
    seen = {
      authorization: headers.authorization,
      form: new URLSearchParams(body),
      type: headers['content-type'],
    };
    return given('token-1');
  };
  expect(await serviceTokens('credentials', configOf(change)).get()).toBe('token-1');
  return seen!;
}

describe('the request for a service token', () => {
  it('is the client credentials grant, with form-encoded credentials in Basic (RFC 6749, 2.3.1)', async () => {
    const { authorization = '', form, type } = await requestBy({});
    const [scheme, credentials = ''] = authorization.split(' ');
    expect([scheme, Buffer.from(credentials, 'base64').toString()]).toEqual([
      'Basic',
      'credentials-service:pass+word%3A%25',
    ]);
    expect([type, [...form]]).toEqual([
      'application/x-www-form-urlencoded;charset=UTF-8',
      [['grant_type', 'client_credentials']],
    ]);
  });

  it('asks for a scope, and with whatever else the issuer wants to know', async () => {
    const parameters = {
      audience: 'urn:us',
      resource: ['https://one.example/', 'https://two.example/'],
    };
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
    const { authorization, form } = await requestBy({
      proof: { method: 'post', secret: 'pass word:%' },
    });
    expect([authorization, form.get('client_id'), form.get('client_secret')]).toEqual([
      undefined,
      'credentials-service',
      'pass word:%',
    ]);
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'carries an assertion by a key of ours where the method is private_key_jwt: %s',
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const key = { ...(await exportJWK(privateKey)), alg, kid: 'ours' };
      const { form } = await requestBy({ proof: { method: 'private_key_jwt', key } });
      expect(form.get('client_assertion_type')).toBe(
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      );
      const { payload, protectedHeader } = await jwtVerify(
        form.get('client_assertion') ?? '',
        publicKey,
        { audience: issuer.url },
      );
      expect([payload.iss, payload.sub, protectedHeader]).toEqual([
        'credentials-service',
        'credentials-service',
        { alg, kid: 'ours' },
      ]);
      expect(payload.jti).toBeDefined();
    },
  );
});
