import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { exchanges, UpdateTicketRequest } from '#contracts';
import { parseBody } from '#http-server';
import { type Actor } from '#identity';
import { append } from '#outbox';
import { UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { changeEvents } from '../../domain/events.js';
import { demandMayChange } from '../../domain/permission.js';
import { type Person, personOf } from '../../domain/person.js';
import { type Ticket } from '../../domain/ticket.js';
import { transition } from '../../domain/transition.js';
import { lockTicket, updateTicket } from '../../persistence/tickets.js';
import { type UpdateTicket } from './update-ticket.command.js';

@Injectable()
export class UpdateTicketHandler {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The lines of the transaction are in docs/contract.md's order of errors, all judged by the ticket as it is under the lock.
   * @throws Problem `forbidden`, `invalid`, `stale`, `owned-by-home`, `closed-is-final`
   */
  execute({ ticketId, actor, body, matches }: UpdateTicket): Promise<Ticket> {
    return this.unitOfWork.run(async (tx) => {
      const ticket = await demandTicket(tx, ticketId);
      demandMayChange(actor, ticket.status, body);
      const { status, assigneeId } = parseBody(UpdateTicketRequest, body);
      if (matches?.(ticket.version) === false) throw new Problem('stale', 'The ticket has changed since you read it; read it again');
      const change = transition(ticket, { status, assignee: assigneeOf(assigneeId, actor) }, new Date());
      if (change.ticket === ticket) return ticket;
      await updateTicket(tx, change.ticket);
      await append(tx, exchanges.ticket, changeEvents(change, actor));
      return change.ticket;
    });
  }
}

async function demandTicket(tx: EntityManager, id: string): Promise<Ticket> {
  const ticket = await lockTicket(tx, id);
  if (ticket === undefined) throw new Problem('not-found');
  return ticket;
}

/** The name is known only of an agent who takes the ticket themself. */
function assigneeOf(id: string | null | undefined, actor: Actor): Person | null | undefined {
  if (id === null || id === undefined) return id;
  return id === actor.id ? personOf(actor) : { id, name: null };
}
