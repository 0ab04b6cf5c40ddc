import { type FastifyRequest } from 'fastify';
import { signInTooOld } from '#identity';
import { limitedCallOf } from '../limits/actor-limits.js';

/**
 * Has a reveal wait until its person has signed in again, where that was too long ago or is not said. Comes before anything is known of the
 * ticket, since 401 is the first answer of contract.md's order.
 * @param maxAge in seconds; 0 demands nothing
 * @throws Problem `unauthenticated`, with the challenge of RFC 9470
 */
export function demandRecentSignIn(request: FastifyRequest, maxAge: number): void {
  if (maxAge === 0 || request.actor === null || limitedCallOf(request) !== 'reveals') return;
  const { signedInAt } = request.actor;
  if (signedInAt === undefined || signedInAt + maxAge < Date.now() / 1000) throw signInTooOld(maxAge);
}
