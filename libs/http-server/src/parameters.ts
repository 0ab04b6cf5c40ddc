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

/** The header in which the gateway passes the address of its caller. */
export const clientAddressHeader = 'x-client-address';

/**
 * The client's network address as the gateway reports it, else that of the connection. For the access log, never for a decision: a caller
 * that bypasses the gateway can set the header freely.
 */
export function clientAddressOf(request: FastifyRequest): string {
  const told = request.headers[clientAddressHeader];
  return typeof told === 'string' && isIP(told) !== 0 ? told : request.ip;
}

export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string => clientAddressOf(requestOf(context)));
