import { type EntityManager } from 'typeorm';
import { exchanges } from '#contracts';
import { claim, idempotencyConflict } from '#idempotency';
import { append } from '#outbox';
import { type UnitOfWork } from '#postgres';
import { createdEvent } from '../domain/events.js';
import { type NewTicket, openTicket, type StoredTicket, type Ticket } from '../domain/ticket.js';
import { findTickets, insertTicket } from '../persistence/tickets.js';

interface CreateTicketInput {
  readonly ticket: NewTicket;
  readonly actorId: string;
  readonly idempotencyKey: string | undefined;
}

export class CreateTicket {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws Problem `idempotency-conflict` */
  execute({
    ticket: facts,
    actorId,
    idempotencyKey: key,
  }: CreateTicketInput): Promise<StoredTicket> {
    const ticket = openTicket(facts);
    return this.unitOfWork.run(async (tx) => {
      if (key !== undefined) {
        const claimed = await claim(tx, { actorId, route: 'ticket.create', key }, ticket.id);
        if (!claimed.first) return firstAnswer(tx, claimed.resourceId, ticket);
      }
      const stored = await insertTicket(tx, ticket);
      await append(tx, exchanges.ticket, [createdEvent(stored, actorId)]);
      return stored;
    });
  }
}

/**
 * The first answer again: the submitted fields never change, and the others
 * have fixed initial values.
 */
async function firstAnswer(tx: EntityManager, id: string, again: Ticket): Promise<StoredTicket> {
  const stored = (await findTickets(tx, [id])).get(id);
  if (stored?.requester?.id !== again.requester?.id) throw idempotencyConflict();
  if (stored?.subject !== again.subject || stored.description !== again.description)
    throw idempotencyConflict();
  return {
    ...again,
    id,
    requester: stored.requester,
    createdAt: stored.createdAt,
    updatedAt: stored.createdAt,
  };
}
