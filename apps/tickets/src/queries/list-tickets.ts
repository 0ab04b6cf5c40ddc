import { type DataSource } from 'typeorm';
import { type TicketStatus } from '#contracts';
import { type Actor } from '#identity';
import { decodePosition, type Page, toPage } from '#paging';
import { type StoredTicket } from '../domain/ticket.js';
import { ticketsAfter } from '../persistence/ticket-list.js';

interface ListTicketsInput {
  readonly actor: Actor;
  readonly filter: {
    readonly status?: TicketStatus;
    /** Of the actor, or of nobody. */
    readonly assignee?: 'me' | 'none';
    readonly home?: string;
  };
  readonly limit: number;
  readonly cursor: unknown;
}

export class ListTickets {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Newest change first. A ticket that changes during paging moves to the front,
   * so it is never shown twice.
   * @throws Problem `invalid` with the pointer `cursor`
   */
  async execute({ actor, filter, limit, cursor }: ListTicketsInput): Promise<Page<StoredTicket>> {
    const { status, assignee, home } = filter;
    const seesAll = actor.roles.has('agent') || actor.roles.has('admin');
    const found = await ticketsAfter(
      this.dataSource.manager,
      {
        requesterId: seesAll ? undefined : actor.id,
        status,
        assigneeId: assignee && (assignee === 'me' ? actor.id : null),
        home,
      },
      decodePosition(cursor, 'string'),
      limit + 1,
    );
    return toPage(
      found,
      limit,
      ({ updatedAt, id }) => [updatedAt.getTime(), id],
      (ticket) => ticket,
    );
  }
}
