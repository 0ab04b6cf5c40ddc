import { type FastifyRequest } from 'fastify';
import { requireRecentSignIn, type SignInPolicy } from '../domain/recent-sign-in.js';
import { limitedCallOf } from '../limits/actor-limits.js';

/**
 * Refuses a reveal whose person signed in too long ago, or at an unknown time. Comes
 * before the ticket is looked up, since 401 is first in docs/contract.md's order.
 * @throws Problem `unauthenticated`
 */
export function checkSignInOfReveal(request: FastifyRequest, policy: SignInPolicy): void {
  if (request.actor === null || limitedCallOf(request) !== 'reveals') return;
  requireRecentSignIn(request.actor.signedInAt, Date.now() / 1000, policy);
}
