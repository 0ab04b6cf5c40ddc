import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';
import { type DataSource } from 'typeorm';
import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#problem';
import { sharedCounter } from './shared-counter.js';

const windowSeconds = 60;

export type LimitedCall = 'reveals' | 'submits';

/** Marks a route that counts against the actor's limit for calls of this kind. */
export const Limited = (call: LimitedCall): MethodDecorator => applyDecorators(RouteConfig({ limited: call }));

export const limitedCallOf = ({ routeOptions }: FastifyRequest): LimitedCall | undefined =>
  (routeOptions.config as { limited?: LimitedCall }).limited;

/** Limits the calls of a kind that one actor makes in a minute; counted in the database, so that all replicas share the count. */
export class ActorLimits {
  private readonly limiters: ReadonlyMap<LimitedCall, RateLimiterPostgres>;

  constructor(dataSource: DataSource, limits: Readonly<Record<LimitedCall, number>>) {
    const counted = (Object.entries(limits) as [LimitedCall, number][]).filter(([, points]) => points > 0);
    this.limiters = new Map(
      counted.map(([call, points]) => [call, sharedCounter(dataSource, { keyPrefix: call, points, duration: windowSeconds })]),
    );
  }

  /** @throws Problem `rate-limited`, with the seconds to wait */
  async count(request: FastifyRequest): Promise<void> {
    const limited = limitedCallOf(request);
    const limiter = limited && this.limiters.get(limited);
    if (!limiter || request.actor === null) return;
    try {
      await limiter.consume(request.actor.id);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Problem('rate-limited', undefined, {
        headers: { 'retry-after': String(Math.max(1, Math.ceil(error.msBeforeNext / 1000))) },
      });
    }
  }
}
