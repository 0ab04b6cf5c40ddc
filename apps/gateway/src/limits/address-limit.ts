import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressOf, isOpen, networkOf } from '#http-server';
import { Problem } from '#problem';

const windowSeconds = 60;

/** Polled by operations, often from the address of a proxy that all clients share. */
const unlimited = new Set(['/livez', '/readyz', '/metrics']);

/**
 * Requests per address and minute, counted in this process. Every request counts but
 * those that are answered before: a preflight, which asks nobody, and without whose
 * answer a page of another origin could not read why it is refused. The 429 is sent after
 * authentication, since 401 comes first.
 */
export class AddressLimit {
  private readonly limiter: RateLimiterMemory | undefined;
  private readonly exceeded = new WeakMap<FastifyRequest, Problem>();

  /** @param points 0 is no limit */
  constructor(points: number) {
    this.limiter =
      points > 0 ? new RateLimiterMemory({ points, duration: windowSeconds }) : undefined;
  }

  install(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request) => {
      if (unlimited.has(request.url)) return;
      await this.count(request);
      if (isOpen(request)) this.refuseIfExceeded(request);
    });
  }

  /** @throws Problem `rate-limited`, with the seconds to wait */
  refuseIfExceeded(request: FastifyRequest): void {
    const problem = this.exceeded.get(request);
    if (problem !== undefined) throw problem;
  }

  private async count(request: FastifyRequest): Promise<void> {
    try {
      await this.limiter?.consume(networkOf(addressOf(request)));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      this.exceeded.set(
        request,
        new Problem('rate-limited', undefined, { headers: { 'retry-after': String(seconds) } }),
      );
    }
  }
}
