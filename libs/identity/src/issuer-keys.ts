import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { loadDevKey } from './dev-key.js';
import { type IdentityConfig, type OidcConfig } from './identity-config.js';

/** Seconds without further requests to an issuer that could not be reached. */
export const pauseAfterFailure = 5;

/** The public keys that tokens are verified by. */
export const keysOf = (config: IdentityConfig): JWTVerifyGetKey =>
  config.mode === 'dev' ? devKey(config.keyFile) : issuerKeys(config);

function devKey(file: string): JWTVerifyGetKey {
  const { publicKey } = loadDevKey(file);
  return () => Promise.resolve(publicKey);
}

const issuerKeys = ({ keys }: OidcConfig): JWTVerifyGetKey =>
  'uri' in keys
    ? createRemoteJWKSet(keys.uri, { [customFetch]: patientFetch() })
    : createLocalJWKSet(JSON.parse(readFileSync(keys.file, 'utf8')) as JSONWebKeySet);

/**
 * The library fetches keys for an unknown key id once per cool-down, but asks a
 * failing issuer for every token: under a flood it would never recover. A "back
 * soon" page with status 200 is a failure too, so the answer is parsed, and accepted
 * only if it is a set of keys.
 */
function patientFetch(): FetchImplementation {
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  return async (...request) => {
    if (failure && performance.now() < failure.until) throw failure.error;
    try {
      const answer = await fetch(...request);
      if (answer.status !== 200) throw new Error('the issuer does not answer with its keys');
      const text = await answer.text();
      createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      return new Response(text);
    } catch (error) {
      failure = { error, until: performance.now() + pauseAfterFailure * 1000 };
      throw error;
    }
  };
}

/** Error codes of the library that are about the issuer's answer, not about the token. */
const issuerFaults: readonly string[] = [
  'ERR_JWKS_TIMEOUT',
  'ERR_JWKS_INVALID',
  'ERR_JOSE_GENERIC',
];

/** A bad token has its own codes; any other error comes from asking the issuer. */
export function isKeyFetchFailure(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code !== 'string' || !code.startsWith('ERR_J') || issuerFaults.includes(code);
}
