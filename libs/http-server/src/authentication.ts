import { type FastifyInstance, type FastifyRequest } from 'fastify';
import {
  type Actor,
  type RefusalReason,
  TokenRefused,
  type TokenVerifier,
  unauthenticated,
} from '#identity';
import { type Metrics } from '#telemetry';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; null on public routes. */
    actor: Actor | null;
    /** What is wrong with its token; null where nothing is. */
    tokenFault: TokenFault | null;
  }
  interface FastifyContextConfig {
    /** Anybody may call this route, without a token. */
    public?: boolean;
  }
}

/** For the log: names that we have chosen, nothing of the token. */
export interface TokenFault {
  /** `no-role`: the caller is known, and has none of our roles. */
  readonly reason: RefusalReason | 'no-role';
  /** The claim that roles were looked for in. */
  readonly claim?: string;
}

/**
 * Called once the caller is known and before the body is read, the place of limits per
 * actor (429). Throws a Problem to refuse.
 */
export type OnAuthenticated = (request: FastifyRequest) => void | Promise<void>;

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
/**
 * Under these prefixes an unknown path answers 404 only with a
 * valid token, otherwise 401.
 */
const guarded = /^\/+(v1|internal)(\/|\?|$)/;

export const isGuarded = ({ url }: FastifyRequest): boolean => guarded.test(url);

/** @throws TokenRefused, or Problem `unavailable` when the issuer's keys cannot be had */
async function authenticate(request: FastifyRequest, verifier: TokenVerifier): Promise<Actor> {
  const token = bearer.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated();
  return verifier.verify(token);
}

interface Door {
  readonly verifier: TokenVerifier;
  readonly metrics: Metrics;
  readonly onAuthenticated: OnAuthenticated | undefined;
}

/**
 * Every route needs a token unless its configuration says `public`. Comes first: 401 is
 * first in docs/contract.md's order.
 */
export function requireToken(
  fastify: FastifyInstance,
  { verifier, metrics, onAuthenticated }: Door,
): void {
  const refused = metrics.counter({
    name: 'tokens_refused_total',
    help: 'Requests refused for their token, by reason',
    labels: ['reason'],
  });
  fastify.decorateRequest('actor', null);
  fastify.decorateRequest('tokenFault', null);
  fastify.addHook('onRequest', async (request) => {
    if (isOpen(request)) return;
    try {
      request.actor = await authenticate(request, verifier);
      if (request.actor.roles.size === 0)
        request.tokenFault = { reason: 'no-role', claim: verifier.rolesClaim };
      await onAuthenticated?.(request);
    } catch (error) {
      if (error instanceof TokenRefused) {
        request.tokenFault = { reason: error.reason };
        refused.inc({ reason: error.reason });
      }
      throw error;
    }
  });
}

/** Whether this may be requested without a token, even if it does not exist. */
export const isOpen = (request: FastifyRequest): boolean =>
  request.is404 ? !isGuarded(request) : request.routeOptions.config.public === true;
