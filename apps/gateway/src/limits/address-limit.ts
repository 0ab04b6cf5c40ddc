import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { addressOf, isOpen, networkOf } from '#http-server';
import { Problem } from '#problem';

/** Of a window, which begins with the first request of an address. */
const windowMs = 60_000;
/** Of more than these, who was silent for longest is forgotten. */
const maxAddresses = 10_000;

/** Polled by operations, often from the address of a proxy that all clients share. */
const unlimited = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Requests per address and minute, counted in this process. Every request counts but
 * those that are answered before: a preflight, which asks nobody, and without whose
 * answer a page of another origin could not read why it is refused. The 429 is sent after
 * authentication, since 401 comes first.
 */
export class AddressLimit {
  private readonly windows = new LRUCache<string, { requests: number }>({
    max: maxAddresses,
    ttl: windowMs,
  });
  private readonly exceeded = new WeakMap<FastifyRequest, Problem>();

  /** @param most requests of one address in a window; 0 is no limit */
  constructor(private readonly most: number) {}

  install(fastify: FastifyInstance): void {
    if (this.most === 0) return;
    fastify.addHook('onRequest', (request, _reply, done) => {
      if (!unlimited.has(request.url)) this.count(request);
      done(isOpen(request) ? this.exceeded.get(request) : undefined);
    });
  }

  /** @throws Problem `rate-limited`, with the seconds to wait */
  refuseIfExceeded(request: FastifyRequest): void {
    const problem = this.exceeded.get(request);
    if (problem !== undefined) throw problem;
  }

  private count(request: FastifyRequest): void {
    const address = networkOf(addressOf(request));
    const window = this.windows.get(address);
    if (window === undefined) {
      this.windows.set(address, { requests: 1 });
      return;
    }
    window.requests += 1;
    if (window.requests <= this.most) return;
    const seconds = Math.max(1, Math.ceil(this.windows.getRemainingTTL(address) / 1000));
    this.exceeded.set(
      request,
      new Problem('rate-limited', undefined, { headers: { 'retry-after': String(seconds) } }),
    );
  }
}
