import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Inject, Req, Res, type Type } from '@nestjs/common';
import { Authenticated } from '#http-server';
import { Describe, type Operation } from '../openapi/describe.js';
import { type Owner } from './owners.js';

/** The route's method and path, its description, and what else decorates it. */
type ForwardedRoute = readonly [MethodDecorator, Operation, ...MethodDecorator[]];

/**
 * The base of a controller all of whose routes are answered by the owner of the resource:
 * anybody with a token may call them, since the owner decides.
 * @param routes by the names that the operations have in the API's document
 */
export function forwardsTo(
  owner: abstract new (...parts: never[]) => Owner,
  routes: Readonly<Record<string, ForwardedRoute>>,
): Type<object> {
  class Forwarding {
    constructor(readonly owner: Owner) {}
  }
  Inject(owner)(Forwarding, undefined, 0);
  for (const [name, [route, operation, ...others]] of Object.entries(routes))
    addRoute(Forwarding, name, [route, Authenticated(), ...others, Describe(operation)]);
  return Forwarding;
}

function addRoute(
  controller: Type<{ readonly owner: Owner }>,
  name: string,
  decorators: readonly MethodDecorator[],
): void {
  const target = controller.prototype as object;
  // Its name goes into the API's document, so it is that of the route.
  const { [name]: value } = {
    [name](this: { owner: Owner }, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      return this.owner.forward(request, reply);
    },
  };
  const descriptor = { value, configurable: true };
  Object.defineProperty(target, name, descriptor);
  Req()(target, name, 0);
  Res()(target, name, 1);
  // The last is applied first, as above a method.
  for (const decorate of decorators.toReversed()) decorate(target, name, descriptor);
}
