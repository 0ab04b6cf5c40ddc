import { type FastifyInstance } from 'fastify';
import { type OperationGroup } from './operation.js';
import { type Owner } from './owners.js';

/**
 * Routes that are answered by the owner of the resource. Anybody with a token may call
 * them, since the owner decides. They are Fastify's own: between its hooks and the owner
 * there is nothing to do but to copy (docs/adr/0022).
 */
export function addForwardedRoutes(
  fastify: FastifyInstance,
  { at, operations }: OperationGroup,
  owner: Owner,
): void {
  for (const { method, path = '' } of Object.values(operations))
    fastify.route({
      method,
      url: at + path,
      handler: (request, reply) => {
        owner.forward(request, reply);
      },
    });
}
