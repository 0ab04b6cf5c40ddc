import { applyDecorators, type CanActivate, type ExecutionContext, Header, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';
import { type TicketAction } from '#access';
import { type Role } from '#contracts';
import { Problem } from '#problem';

const publicKey = 'http-server:public';
const rolesKey = 'http-server:roles';
const actionKey = 'http-server:action';

/** Anybody may call it, without a token. On methods only: a class that is open as a whole would open what is added later. */
export const Public = (): MethodDecorator => applyDecorators(SetMetadata(publicKey, true), RouteConfig({ public: true }));

/** Who has one of these roles may call it (403 otherwise); what they may do to one ticket is for the handler, or {@link Access}. */
export const Roles = (...roles: readonly Role[]): MethodDecorator & ClassDecorator => SetMetadata(rolesKey, roles);

/** {@link TicketAccess} decides, before the body is validated (404 and 403 come before 422). */
export const Access = (action: TicketAction): MethodDecorator => SetMetadata(actionKey, action);

/** For responses that carry plaintext. */
export const NoStore = (): MethodDecorator => Header('cache-control', 'no-store');

/**
 * Provided by a service whose handlers are marked with {@link Access}: may `request.actor` do `action` to the ticket of the route?
 * The class is the injection token.
 */
export abstract class TicketAccess {
  /** @throws Problem `not-found`, `forbidden`, or `standing-unknown` */
  abstract check(action: TicketAction, request: FastifyRequest): void | Promise<void>;
}

/** Deny by default: a handler that says nothing about who may call it is refused. */
export class DenyByDefaultGuard implements CanActivate {
  constructor(
    private readonly ticketAccess: TicketAccess | undefined,
    private readonly reflector = new Reflector(),
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.get<true | undefined>(publicKey, context.getHandler())) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const roles = this.reflector.getAllAndOverride<readonly Role[] | undefined>(rolesKey, targets);
    const action = this.reflector.get<TicketAction | undefined>(actionKey, context.getHandler());
    const { actor } = request;
    if (actor === null || (roles === undefined && action === undefined)) throw new Problem('forbidden');
    if (roles !== undefined && !roles.some((role) => actor.roles.has(role))) throw new Problem('forbidden');
    if (action === undefined) return true;
    if (this.ticketAccess === undefined) throw new Error('@Access is used, but no TicketAccess is provided');
    await this.ticketAccess.check(action, request);
    return true;
  }
}
