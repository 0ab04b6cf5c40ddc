import { Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type TicketAction } from '#access';
import { actorOf, clientAddressOf, TicketAccess } from '#http-server';
import { type Caller } from '../audit/caller.js';
import { AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';

const permitted = new WeakMap<FastifyRequest, LeasedStanding>();

/**
 * Lets a request through by the standing of its ticket, and keeps
 * that standing for the handler.
 */
@Injectable()
export class AccessByTicket extends TicketAccess {
  constructor(private readonly access: AccessByStanding) {
    super();
  }

  async check(action: TicketAction, request: FastifyRequest): Promise<void> {
    const { ticketId } = request.params as { ticketId: string };
    permitted.set(request, await this.access.authorize(callerOf(request), action, ticketId));
  }
}

/** The standing that let this request through. */
export function standingOf(request: FastifyRequest): LeasedStanding {
  const standing = permitted.get(request);
  if (standing === undefined) throw new Error('the route has no @Access');
  return standing;
}

export const callerOf = (request: FastifyRequest): Caller => ({
  actor: actorOf(request),
  requestId: request.id,
  address: clientAddressOf(request),
});
