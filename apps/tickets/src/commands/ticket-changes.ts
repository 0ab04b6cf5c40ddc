import { mayAssign, maySetStatus } from '#access';
import { isStatus, type TicketStatus } from '#contracts';
import { type Actor } from '#identity';
import { type CausedEvent } from '#outbox';
import { Problem } from '#problem';
import { type UpdateTicketRequest } from '#requests';
import { changeEvents } from '../domain/events.js';
import { type Person, personOf } from '../domain/person.js';
import { type StoredTicket } from '../domain/ticket.js';
import { type Transition, transition } from '../domain/transition.js';

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

/** A change, with the trace of its request. */
export interface ChangeCommand extends UpdateTicketInput {
  readonly headers: CausedEvent['headers'];
}

/**
 * Decides about the changes of a batch, in the order of their arrival, by the tickets as
 * they are under their locks. Each sees what those before it have changed.
 */
export class TicketChanges {
  /** Of all changes, in their order. */
  readonly events: CausedEvent[] = [];
  private readonly tickets: Map<string, StoredTicket>;
  private readonly changedIds = new Set<string>();

  /** @param now by the database's clock, read when the tickets were locked */
  constructor(
    locked: readonly StoredTicket[],
    private readonly now: Date,
  ) {
    this.tickets = new Map(locked.map((ticket) => [ticket.id, ticket]));
  }

  has(ticketId: string): boolean {
    return this.tickets.has(ticketId);
  }

  /** The tickets that are to be written. */
  get changed(): StoredTicket[] {
    return [...this.changedIds].map((id) => this.require(id));
  }

  /**
   * The lines are in docs/contract.md's order of errors.
   * @throws Problem `not-found`, `forbidden`, `invalid`, `stale`, `owned-by-home`,
   *   `closed-is-final`; it changes nothing then
   */
  decide({ ticketId, actor, body, matches, headers }: ChangeCommand): StoredTicket {
    const ticket = this.require(ticketId);
    requireMayChange(actor, ticket.status, body.readable);
    const { status, assigneeId } = body.requireValid();
    if (matches?.(ticket.version) === false)
      throw new Problem('stale', 'The ticket has changed since you read it; read it again');
    const change = transition(ticket, { status, assignee: assigneeOf(assigneeId, actor) });
    if (change.ticket === ticket) return ticket;
    const stored = this.timed(ticket, change);
    this.tickets.set(ticketId, stored);
    this.changedIds.add(ticketId);
    for (const event of changeEvents({ ...change, ticket: stored }, actor))
      this.events.push({ event, headers });
    return stored;
  }

  private require(ticketId: string): StoredTicket {
    const ticket = this.tickets.get(ticketId);
    if (ticket === undefined) throw new Problem('not-found');
    return ticket;
  }

  /** A time of change that never goes back, even if the clock does. */
  private timed({ createdAt, updatedAt }: StoredTicket, change: Transition): StoredTicket {
    const time = this.now > updatedAt ? this.now : updatedAt;
    return { ...change.ticket, createdAt, updatedAt: time };
  }
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
