import { Problem } from '#problem';

/**
 * Why a token is refused: the value of a log field and of a metric's label. Closed, so
 * that nothing of a token gets there.
 */
export type RefusalReason =
  | 'no-token'
  | 'not-a-jwt'
  | 'unusable-algorithm'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'token-expired'
  | 'not-yet-valid'
  | 'bad-claim'
  | 'sign-in-too-old'
  | 'no-auth-time';

/** A token that is missing, identifies nobody, or is not enough for what was asked. */
export class TokenRefused extends Problem {
  constructor(
    readonly reason: RefusalReason,
    challenge = challengeOf(reason),
    detail?: string,
  ) {
    super('unauthenticated', detail, { headers: { 'www-authenticate': challenge } });
  }
}

/** RFC 6750, section 3: the answer to a request without a token has no error code. */
const challengeOf = (reason: RefusalReason): string =>
  reason === 'no-token' ? 'Bearer' : `Bearer error="invalid_token", error_description="${reason}"`;

export const unauthenticated = (): TokenRefused => new TokenRefused('no-token');

/**
 * The token is good, but its person has to sign in again: RFC 9470, section 3.
 * @param maxAge how long ago a sign-in may be, in seconds
 */
export const signInTooOld = (maxAge: number): TokenRefused =>
  insufficient('sign-in-too-old', 'A more recent sign-in is needed', maxAge);

/**
 * The same where the token says no time. Some issuers put it in only where a sign-in was
 * asked for, so that is tried first.
 */
export const signInTimeUnknown = (maxAge: number): TokenRefused =>
  insufficient(
    'no-auth-time',
    'A more recent sign-in is needed: the issuer must put auth_time into the access token',
    maxAge,
  );

function insufficient(reason: RefusalReason, said: string, maxAge: number): TokenRefused {
  const challenge =
    'Bearer error="insufficient_user_authentication", ' +
    `error_description="${said}", max_age="${maxAge}"`;
  return new TokenRefused(reason, challenge, said);
}

/**
 * What whoever runs this can do about tokens that are refused, or that
 * grant nothing; for the log.
 */
export const remedies: Readonly<Partial<Record<RefusalReason | 'no-role', string>>> = {
  'not-a-jwt':
    'the issuer must give JWT access tokens: ask it for AUTH_AUDIENCE by AUTH_WEB_PARAMETERS ' +
    'or AUTH_TOKEN_PARAMETERS',
  'wrong-audience':
    'AUTH_AUDIENCE must be in the claim aud: ask for it by AUTH_WEB_PARAMETERS or ' +
    'AUTH_TOKEN_PARAMETERS, or map it at the issuer',
  'wrong-issuer': 'AUTH_ISSUER must be exactly the claim iss',
  'unknown-key': 'AUTH_JWKS_URI must serve the keys of the issuer',
  'not-yet-valid': 'the clocks differ',
  'no-auth-time':
    'the issuer must put auth_time into the access token, or REVEAL_AUTH_MAX_AGE_SECONDS be 0',
  'no-role':
    'give this person a role at the issuer, and say by AUTH_ROLES_CLAIM and AUTH_ROLES_MAP ' +
    'where it stands and what it is called',
};

/** The library's codes of errors that are about the token. */
const byCode: Readonly<Record<string, RefusalReason>> = {
  ERR_JWS_INVALID: 'not-a-jwt',
  ERR_JWT_INVALID: 'not-a-jwt',
  ERR_JOSE_ALG_NOT_ALLOWED: 'unusable-algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'unusable-algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'unknown-key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'unknown-key',
  ERR_JWK_INVALID: 'unknown-key',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'bad-signature',
  ERR_JWT_EXPIRED: 'token-expired',
};

const byClaim: Readonly<Record<string, RefusalReason>> = {
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
  nbf: 'not-yet-valid',
};

/**
 * @param error what `jose` has thrown about a token; it holds the
 *   claims, so it goes no further
 */
export function refusalOf(error: unknown): TokenRefused {
  const { code = '', claim = '' } = error as { code?: string; claim?: string };
  return new TokenRefused(byCode[code] ?? byClaim[claim] ?? 'bad-claim');
}
