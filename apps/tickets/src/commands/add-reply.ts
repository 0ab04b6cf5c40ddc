import { type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { claim, idempotencyConflict } from '#idempotency';
import { type UnitOfWork } from '#postgres';
import { type Person } from '../domain/person.js';
import { type Reply, type StoredReply } from '../domain/reply.js';
import { findReply, insertReply } from '../persistence/replies.js';

interface AddReplyInput {
  readonly ticketId: string;
  readonly author: Person;
  readonly body: string;
  readonly idempotencyKey: string | undefined;
}

export class AddReply {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * A reply does not change the ticket: its version stays, and no event is published.
   * @throws Problem `idempotency-conflict`
   */
  execute({ ticketId, author, body, idempotencyKey: key }: AddReplyInput): Promise<StoredReply> {
    const reply: Reply = { ticketId, id: uuidv7(), author, body };
    return this.unitOfWork.run(async (tx) => {
      if (key !== undefined) {
        const claimed = await claim(
          tx,
          { actorId: author.id, route: 'reply.create', ticketId, key },
          reply.id,
        );
        if (!claimed.first) return firstAnswer(tx, claimed.resourceId, reply);
      }
      return insertReply(tx, reply);
    });
  }
}

async function firstAnswer(tx: EntityManager, id: string, again: Reply): Promise<StoredReply> {
  const stored = await findReply(tx, again.ticketId, id);
  if (stored?.body !== again.body) throw idempotencyConflict();
  return stored;
}
