import { type FastifyRequest } from 'fastify';
import { signInTimeUnknown, signInTooOld } from '#identity';
import { limitedCallOf } from '../limits/actor-limits.js';

/**
 * Refuses a reveal whose person signed in too long ago, or at an unknown time. Comes
 * before the ticket is looked up, since 401 is first in docs/contract.md's order. A time
 * of the future, such as one in milliseconds, would never grow old.
 * @param maxAge in seconds; 0 is no limit
 * @param clockTolerance seconds by which our clock may differ from the issuer's
 * @throws Problem `unauthenticated`, with the challenge of RFC 9470
 */
export function requireRecentSignIn(
  request: FastifyRequest,
  maxAge: number,
  clockTolerance: number,
): void {
  if (maxAge === 0 || request.actor === null || limitedCallOf(request) !== 'reveals') return;
  const { signedInAt } = request.actor;
  if (signedInAt === undefined) throw signInTimeUnknown(maxAge);
  const age = Date.now() / 1000 - signedInAt;
  if (!(age <= maxAge + clockTolerance && age >= -clockTolerance)) throw signInTooOld(maxAge);
}
