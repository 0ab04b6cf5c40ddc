import { signInTimeUnknown, signInTooOld } from '#identity';

/** How long ago the person who reveals may have signed in. */
export interface SignInPolicy {
  /** Seconds; 0 is no limit. */
  readonly maxAge: number;
  /** Seconds by which our clock may differ from the issuer's. */
  readonly clockTolerance: number;
}

/**
 * A time of the future, such as one in milliseconds, would never grow old: it is refused.
 * @param signedInAt in seconds since 1970; undefined where the token does not say it
 * @param now in the same unit
 * @throws Problem `unauthenticated`, with the challenge of RFC 9470
 */
export function requireRecentSignIn(
  signedInAt: number | undefined,
  now: number,
  { maxAge, clockTolerance }: SignInPolicy,
): void {
  if (maxAge === 0) return;
  if (signedInAt === undefined) throw signInTimeUnknown(maxAge);
  const age = now - signedInAt;
  if (!(age <= maxAge + clockTolerance && age >= -clockTolerance)) throw signInTooOld(maxAge);
}
