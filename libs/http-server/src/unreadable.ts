import { type IncomingMessage } from 'node:http';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Problem } from '#problem';
import { isGuarded } from './authentication.js';

const unreadable = new WeakSet<IncomingMessage>();

/**
 * Fastify's `frameworkErrors`. A URL that the router cannot read would run no hook: no
 * limit, no header, no log line. So it is rerouted to a path that does not exist, under
 * /v1 if it began there, so that all hooks run.
 */
export function routeAgain(
  error: Error & { readonly code?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error.code === 'FST_ERR_BAD_URL') unreadable.add(request.raw);
  request.raw.url = isGuarded(request) ? '/v1/unreadable' : '/unreadable';
  request.server.routing(request.raw, reply.raw);
}

/**
 * Headers that may appear once. Given two, Node takes the first or joins them, while a
 * proxy in front may take the other.
 */
const single: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'content-type',
  'idempotency-key',
]);

/** To be added after the hook that asks for the token: 400 comes after 401 and 429. */
export function refuseUnreadable(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    done(
      unreadable.has(raw) || contradictsItself(raw.rawHeaders)
        ? new Problem('malformed')
        : undefined,
    );
  });
}

function contradictsItself(rawHeaders: readonly string[]): boolean {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    if (seen.has(name)) return true;
    if (single.has(name)) seen.add(name);
  }
  return false;
}
