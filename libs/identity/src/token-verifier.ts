import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { isStorable, personFault } from '#contracts';
import { Problem } from '#problem';
import { type Actor } from './actor.js';
import { grantedRoles } from './granted-roles.js';
import { algorithms, type IdentityConfig } from './identity-config.js';
import { isKeyFetchFailure, keysOf, pauseAfterFailure } from './issuer-keys.js';
import { refusalOf, TokenRefused } from './token-refusal.js';

/** Turns a bearer token into the actor it identifies. */
export interface TokenVerifier {
  /** The name of the claim that roles are looked for in. */
  readonly rolesClaim: string;
  /**
   * @throws TokenRefused, or Problem `unavailable` when the issuer's keys cannot be had,
   *   or our clock is known to be off
   */
  verify(token: string): Promise<Actor>;
}

/** The time of day, by which tokens are judged. */
interface TimeOfDay {
  /** @throws Problem `unavailable` where it is known to be off */
  requireRight(): Promise<void>;
}

const believed: TimeOfDay = { requireRight: () => Promise.resolve() };

/** Of an id or a name, in UTF-16 units. */
const maxLength = 255;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maxLength && isStorable(value);

/**
 * Verifies JWTs by OIDC conventions, and caches a verified one until it expires: checking
 * a signature costs more than most requests.
 */
export class JwtVerifier implements TokenVerifier {
  private readonly verified = new LRUCache<string, Actor>({ max: 10_000 });
  private readonly key: JWTVerifyGetKey;

  constructor(
    private readonly config: IdentityConfig,
    private readonly timeOfDay = believed,
  ) {
    this.key = keysOf(config);
  }

  get rolesClaim(): string {
    return this.config.rolesClaim;
  }

  async verify(token: string): Promise<Actor> {
    await this.timeOfDay.requireRight();
    const known = this.verified.get(token);
    if (known && known.expiresAt > Date.now() / 1000) return known;
    const claims = await this.claims(token);
    requireIssued(claims, this.config.clockTolerance);
    const actor = toActor(token, claims, this.config);
    this.verified.set(token, actor);
    return actor;
  }

  private async claims(token: string): Promise<JWTPayload> {
    const { issuer, audience, clockTolerance } = this.config;
    const byClient = this.config.mode === 'oidc' && this.config.audienceClaim === 'client_id';
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer,
        ...(!byClient && { audience }),
        algorithms: [...algorithms],
        requiredClaims: ['sub', 'iss', byClient ? 'client_id' : 'aud', 'exp'],
        clockTolerance,
      });
      if (byClient) requireOurClient(payload, audience);
      return payload;
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      throw isKeyFetchFailure(error)
        ? new Problem('unavailable', "The token issuer's keys cannot be fetched", {
            cause: error,
            headers: { 'retry-after': String(pauseAfterFailure) },
          })
        : refusalOf(error);
    }
  }
}

/**
 * The library checks `iat` only where the age of a token is limited. A token of the
 * future comes from a clock that is wrong.
 */
function requireIssued({ iat }: JWTPayload, clockTolerance: number): void {
  if (typeof iat === 'number' && iat > Date.now() / 1000 + clockTolerance)
    throw new TokenRefused('not-yet-valid');
}

/**
 * For issuers whose access tokens name their client alone (Amazon Cognito). One that
 * names an audience as well is for that one, although a client of ours has it; an
 * identity token names no client.
 */
function requireOurClient({ aud, client_id: client }: JWTPayload, clients: string): void {
  const ours = clients.split(',').map((name) => name.trim());
  if (aud !== undefined || typeof client !== 'string' || !ours.includes(client))
    throw new TokenRefused('wrong-audience');
}

/**
 * Names stand beside other words: what would turn the order of those around, or
 * break their line, is left out.
 */
const readable = (name: string): string =>
  name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '');

function toActor(
  token: string,
  claims: JWTPayload,
  { rolesClaim, rolesMap, clockTolerance }: IdentityConfig,
): Actor {
  const { exp = 0, name, auth_time: signedInAt } = claims;
  const sub: unknown = claims.sub;
  if (!isText(sub) || personFault(sub) !== undefined) throw new TokenRefused('bad-claim');
  return {
    id: sub,
    name: isText(name) ? readable(name) : undefined,
    roles: new Set(grantedRoles(claims, rolesClaim, rolesMap)),
    token,
    signedInAt: typeof signedInAt === 'number' ? signedInAt : undefined,
    expiresAt: exp + clockTolerance,
  };
}
