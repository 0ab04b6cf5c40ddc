import { isIP } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Actor, unauthenticated } from '#identity';

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** The caller. @throws Problem `unauthenticated` on a public route */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) throw unauthenticated();
  return request.actor;
}

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => actorOf(requestOf(context)));

export const RequestId = createParamDecorator((_: unknown, context: ExecutionContext): string => requestOf(context).id);

/** The header in which the gateway tells the address of its caller. */
export const clientAddressHeader = 'x-client-address';

/**
 * The network address of the person's client, as the gateway says, else of whoever is connected. For the access log, never for a
 * decision: who reaches a service past the gateway can write what they like.
 */
export function clientAddressOf(request: FastifyRequest): string {
  const told = request.headers[clientAddressHeader];
  return typeof told === 'string' && isIP(told) !== 0 ? told : request.ip;
}

export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string => clientAddressOf(requestOf(context)));
