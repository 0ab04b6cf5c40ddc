import { readFileSync } from 'node:fs';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { isStorable, type Role, roles } from '#contracts';
import { Problem } from '#problem';
import { type Actor } from './actor.js';
import { loadDevKey } from './dev-key.js';
import { algorithms, type IdentityConfig, type OidcConfig } from './identity-config.js';
import { refusalOf, TokenRefused } from './token-refusal.js';

/** Turns a bearer token into the actor it identifies. */
export interface TokenVerifier {
  /** @throws TokenRefused, or Problem `unavailable` when the issuer's keys cannot be had, or our clock is known to be off */
  verify(token: string): Promise<Actor>;
}

/** The time of day, by which tokens are judged. */
export interface TimeOfDay {
  /** @throws Problem `unavailable` where it is known to be off */
  demandRight(): Promise<void>;
}

const believed: TimeOfDay = { demandRight: () => Promise.resolve() };

/** Of an id or a name, in UTF-16 units. */
const maxLength = 255;

/** Seconds without further requests to an issuer that could not be reached. */
const pauseAfterFailure = 5;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= maxLength && isStorable(value);

/** Verifies JWTs by OIDC conventions, and caches a verified one until it expires: checking a signature costs more than most requests. */
export class JwtVerifier implements TokenVerifier {
  private readonly verified = new LRUCache<string, Actor>({ max: 10_000 });
  private readonly key: JWTVerifyGetKey;

  constructor(
    private readonly config: IdentityConfig,
    private readonly timeOfDay = believed,
  ) {
    this.key = config.mode === 'dev' ? devKey(config.keyFile) : issuerKeys(config);
  }

  async verify(token: string): Promise<Actor> {
    await this.timeOfDay.demandRight();
    const known = this.verified.get(token);
    if (known && known.expiresAt > Date.now() / 1000) return known;
    const claims = await this.claims(token);
    demandIssued(claims, this.config.clockTolerance);
    const actor = toActor(token, claims, this.config);
    this.verified.set(token, actor);
    return actor;
  }

  private async claims(token: string): Promise<JWTPayload> {
    const { issuer, audience, clockTolerance } = this.config;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer,
        audience,
        algorithms: [...algorithms],
        requiredClaims: ['sub', 'iss', 'aud', 'exp'],
        clockTolerance,
      });
      return payload;
    } catch (error) {
      throw isKeyFetchFailure(error)
        ? new Problem('unavailable', "The token issuer's keys cannot be fetched", {
            cause: error,
            headers: { 'retry-after': String(pauseAfterFailure) },
          })
        : refusalOf(error);
    }
  }
}

/** The library looks at `iat` only where a token may have an age at most. A token of the future is by a clock that is off. */
function demandIssued({ iat }: JWTPayload, clockTolerance: number): void {
  if (typeof iat === 'number' && iat > Date.now() / 1000 + clockTolerance) throw new TokenRefused('not-yet-valid');
}

function devKey(file: string): JWTVerifyGetKey {
  const { publicKey } = loadDevKey(file);
  return () => Promise.resolve(publicKey);
}

const issuerKeys = ({ keys }: OidcConfig): JWTVerifyGetKey =>
  'uri' in keys
    ? createRemoteJWKSet(keys.uri, { [customFetch]: patientFetch() })
    : createLocalJWKSet(JSON.parse(readFileSync(keys.file, 'utf8')) as JSONWebKeySet);

/**
 * The library fetches keys for an unknown key id once per cool-down, but asks a failing issuer for every token: under a flood it would
 * never recover. A "back soon" page with status 200 is a failure too, so the answer is parsed, and accepted only if it is a set of keys.
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
const issuerFaults: readonly string[] = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'];

/** A bad token has its own codes; any other error comes from asking the issuer. */
function isKeyFetchFailure(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code !== 'string' || !code.startsWith('ERR_J') || issuerFaults.includes(code);
}

function toActor(token: string, claims: JWTPayload, { rolesClaim, clockTolerance }: IdentityConfig): Actor {
  const { exp = 0, name, auth_time: signedInAt } = claims;
  const sub: unknown = claims.sub;
  if (!isText(sub) || sub === '') throw new TokenRefused('bad-claim');
  const granted = rolesClaim.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], claims);
  const known = Array.isArray(granted) ? roles.filter((role) => granted.includes(role)) : [];
  return {
    id: sub,
    name: isText(name) ? name : undefined,
    roles: new Set<Role>(known),
    token,
    signedInAt: typeof signedInAt === 'number' ? signedInAt : undefined,
    expiresAt: exp + clockTolerance,
  };
}
