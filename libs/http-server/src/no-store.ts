import { type FastifyInstance } from 'fastify';

/** What `Cache-Control` says of an answer that depends on a token, or on the moment. */
export const noStore = { 'cache-control': 'no-store' };

/**
 * No cache keeps an answer unless its route says that it may: what is answered depends on
 * the token, which caches do not all look at (nginx with `proxy_cache_valid`), or on the
 * moment. So this comes first, for what a route forgets, for 404s and for refusals.
 */
export function storeNothing(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(noStore);
    done();
  });
}
