import { type Issuer } from '../component/identity/issuer.fixture.js';
import { startSystem, type System } from '../e2e/system.js';

/**
 * The whole system as in production: its tokens come from an issuer, and so does
 * the token of `credentials`.
 * @param token how the issuer answers who asks for that one; default: as it should
 */
export async function startWithIssuer(issuer: Issuer, token?: Issuer['token']): Promise<System> {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  const service = await issuer.sign({ sub: 'credentials', roles: ['service'], exp: inAnHour });
  issuer.token =
    token ?? (() => [200, { access_token: service, token_type: 'Bearer', expires_in: 3600 }]);
  return startSystem({
    AUTH_MODE: 'oidc',
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: 'us',
    AUTH_JWKS_URI: `${issuer.url}/jwks`,
    AUTH_TOKEN_URL: `${issuer.url}/token`,
    AUTH_CLIENT_ID: 'credentials',
    AUTH_CLIENT_SECRET: 'x'.repeat(32),
    // Tokens and keys are asked for by what a test does, and by nothing beside.
    CHANGES_SECONDS: '0',
    RATE_LIMIT_PER_ADDRESS: '0',
  });
}
