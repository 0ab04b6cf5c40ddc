import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyRequest } from 'fastify';
import { type TicketAction } from '#access';
import { type Role } from '#contracts';
import { type Actor } from '#identity';
import { Problem } from '#problem';

/**
 * Who may call a handler. Each handler has one of these decorators; calls to a
 * handler without one are refused.
 */
type Rule =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'ticket'; readonly action: TicketAction };

const ruleKey = 'http-server:rule';

/**
 * On methods only: a rule on a class would open handlers that are added later. A second
 * rule would silently replace the first.
 */
const rule =
  (value: Rule): MethodDecorator =>
  (target, key, descriptor) => {
    if (Reflect.hasMetadata(ruleKey, descriptor.value as object))
      throw new Error(`${String(key)} has two rules about who may call it`);
    SetMetadata(ruleKey, value)(target, key, descriptor);
  };

/** Anybody may call it, without a token. */
export const Public = (): MethodDecorator =>
  applyDecorators(rule({ kind: 'public' }), RouteConfig({ public: true }));

/**
 * Anybody with a token may call it: the service that the request is forwarded to decides.
 */
export const Authenticated = (): MethodDecorator => rule({ kind: 'authenticated' });

/** Who has one of these roles may call it (403 otherwise). */
export const Roles = (...roles: readonly Role[]): MethodDecorator => rule({ kind: 'roles', roles });

/**
 * {@link TicketAccess} decides, before the body is validated
 * (404 and 403 come before 422).
 */
export const Access = (action: TicketAction): MethodDecorator => rule({ kind: 'ticket', action });

/**
 * Provided by a service whose handlers are marked with {@link Access}:
 * may `request.actor` do `action` to the ticket of the route? The
 * class is the injection token.
 */
export abstract class TicketAccess {
  /** @throws Problem `not-found`, `forbidden`, or `standing-unknown` */
  abstract check(action: TicketAction, request: FastifyRequest): void | Promise<void>;
}

/** Deny by default: a handler that says nothing about who may call it is refused. */
export class DenyByDefaultGuard implements CanActivate {
  constructor(
    /**
     * Asked for where a handler has {@link Access}; a service without
     * such handlers provides none.
     */
    private readonly ticketAccess: () => TicketAccess,
    private readonly reflector = new Reflector(),
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rule = this.reflector.get<Rule | undefined>(ruleKey, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (rule === undefined || !(await this.passes(rule, request, request.actor)))
      throw new Problem('forbidden');
    return true;
  }

  private async passes(rule: Rule, request: FastifyRequest, actor: Actor | null): Promise<boolean> {
    if (rule.kind === 'public') return true;
    if (actor === null) return false;
    if (rule.kind === 'roles') return rule.roles.some((role) => actor.roles.has(role));
    if (rule.kind === 'ticket') await this.ticketAccess().check(rule.action, request);
    return true;
  }
}
