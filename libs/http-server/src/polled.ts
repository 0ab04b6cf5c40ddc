import { RouteConfig } from '@nestjs/platform-fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called every second by our own services. */
    polled?: boolean;
  }
}

/**
 * Marks a handler that other services call every second: a call that succeeds is logged
 * at level `debug`, so that it does not hide the calls of people.
 */
export const Polled = (): MethodDecorator => RouteConfig({ polled: true });
