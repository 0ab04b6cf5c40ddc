import { Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { decide, type TicketAction } from '#access';
import { ticketIdPattern } from '#contracts';
import { actorOf, TicketAccess } from '#http-server';
import { Problem } from '#problem';
import { type StoredTicket } from '../domain/ticket.js';
import { FindTicket } from '../queries/find-ticket.js';

const permitted = new WeakMap<FastifyRequest, StoredTicket>();

/**
 * Lets a request through by the ticket of its route, and keeps
 * that ticket for the handler.
 */
@Injectable()
export class AccessByTicket extends TicketAccess {
  constructor(private readonly findTicket: FindTicket) {
    super();
  }

  /**
   * @throws Problem `not-found`, both for an unknown ticket and for one that the actor
   *   may not know of; `forbidden`
   */
  async check(action: TicketAction, request: FastifyRequest): Promise<void> {
    const { ticketId } = request.params as { ticketId: string };
    const ticket = ticketIdPattern.test(ticketId)
      ? await this.findTicket.execute(ticketId)
      : undefined;
    if (ticket === undefined) throw new Problem('not-found');
    const people = {
      requesterId: ticket.requester?.id ?? null,
      assigneeId: ticket.assignee?.id ?? null,
    };
    // AGENT_ACCESS is about credentials; every agent may act on a ticket itself.
    const decision = decide(action, actorOf(request), people, 'any');
    if (decision === 'hidden') throw new Problem('not-found');
    if (decision === 'forbidden') throw new Problem('forbidden');
    permitted.set(request, ticket);
  }
}

/** The ticket that let this request through, as it was then. */
export function ticketOf(request: FastifyRequest): StoredTicket {
  const ticket = permitted.get(request);
  if (ticket === undefined) throw new Error('the route has no @Access');
  return ticket;
}
