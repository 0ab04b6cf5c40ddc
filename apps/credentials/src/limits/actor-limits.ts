import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { SharedCounter } from './shared-counter.js';

const windowSeconds = 60;

type LimitedCall = 'reveals' | 'submits';

/** Marks a route that counts against the actor's limit for calls of this kind. */
export const Limited = (call: LimitedCall): MethodDecorator =>
  applyDecorators(RouteConfig({ limited: call }));

export const limitedCallOf = ({ routeOptions }: FastifyRequest): LimitedCall | undefined =>
  (routeOptions.config as { limited?: LimitedCall }).limited;

/**
 * Limits the calls of a kind that one actor makes in a minute; counted in the database,
 * so that all replicas share the count.
 */
export class ActorLimits {
  /** @param limits 0 is no limit */
  constructor(
    private readonly sql: Sql,
    private readonly limits: Readonly<Record<LimitedCall, number>>,
  ) {}

  /** @throws Problem `rate-limited`, with the seconds to wait */
  async count(request: FastifyRequest): Promise<void> {
    const limited = limitedCallOf(request);
    if (limited === undefined || this.limits[limited] === 0 || request.actor === null) return;
    const { points, leftMs } = await new SharedCounter(this.sql, limited, windowSeconds).count(
      request.actor.id,
    );
    if (points <= this.limits[limited]) return;
    throw new Problem('rate-limited', undefined, {
      headers: { 'retry-after': String(Math.max(1, Math.ceil(leftMs / 1000))) },
    });
  }
}
