import { type EntityManager } from 'typeorm';
import { mayAssign, maySetStatus } from '#access';
import { isStatus, type TicketStatus } from '#contracts';
import { type Actor } from '#identity';
import { type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type UpdateTicketRequest } from '#requests';
import { type Person, personOf } from '../domain/person.js';
import { type StoredTicket } from '../domain/ticket.js';
import { transition } from '../domain/transition.js';
import { lockTicket } from '../persistence/tickets.js';
import { recordChange } from './record-change.js';

export interface UpdateTicketInput {
  readonly ticketId: string;
  readonly actor: Actor;
  /**
   * What is to change, perhaps not valid: 403 comes before 422 and depends on the
   * ticket's status under the lock (docs/adr/0002).
   */
  readonly body: WantedChange;
  /**
   * Whether the caller's `If-Match` names this version; undefined where
   * every version may be changed.
   */
  readonly matches: ((version: number) => boolean) | undefined;
}

interface WantedChange {
  /** What it says, whether valid or not. */
  readonly readable: { readonly [Field in keyof UpdateTicketRequest]?: unknown };
  /** @throws Problem `invalid` */
  requireValid(): UpdateTicketRequest;
}

export class UpdateTicket {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The lines of the transaction are in docs/contract.md's order of errors, all judged by
   * the ticket as it is under the lock.
   * @throws Problem `forbidden`, `invalid`, `stale`, `owned-by-home`, `closed-is-final`
   */
  execute({ ticketId, actor, body, matches }: UpdateTicketInput): Promise<StoredTicket> {
    return this.unitOfWork.run(async (tx) => {
      const ticket = await requireTicket(tx, ticketId);
      requireMayChange(actor, ticket.status, body.readable);
      const { status, assigneeId } = body.requireValid();
      if (matches?.(ticket.version) === false)
        throw new Problem('stale', 'The ticket has changed since you read it; read it again');
      const change = transition(ticket, { status, assignee: assigneeOf(assigneeId, actor) });
      return change.ticket === ticket ? ticket : recordChange(tx, change, actor);
    });
  }
}

async function requireTicket(tx: EntityManager, id: string): Promise<StoredTicket> {
  const ticket = await lockTicket(tx, id);
  if (ticket === undefined) throw new Problem('not-found');
  return ticket;
}

/**
 * What is not valid is left to validation.
 * @throws Problem `forbidden`
 */
function requireMayChange(
  actor: Actor,
  current: TicketStatus,
  { status, assigneeId }: WantedChange['readable'],
): void {
  if (assigneeId !== undefined && !mayAssign(actor))
    throw new Problem('forbidden', 'Only agents assign tickets');
  if (isStatus(status) && !maySetStatus(actor, current, status))
    throw new Problem('forbidden', 'The requester may resolve, close and reopen only');
}

/** The name is known only of an agent who takes the ticket themself. */
function assigneeOf(id: string | null | undefined, actor: Actor): Person | null | undefined {
  if (id === null || id === undefined) return id;
  return id === actor.id ? personOf(actor) : { id, name: null };
}
