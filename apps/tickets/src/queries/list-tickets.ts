import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { type TicketStatus } from '#contracts';
import { type Actor } from '#identity';
import { decodePosition, type Page, toPage } from '#paging';
import { onPrimary } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { TicketEntity } from '../persistence/ticket.entity.js';
import { toTicket } from '../persistence/ticket-mapping.js';

export interface ListTicketsInput {
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

@Injectable()
export class ListTickets {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Newest change first. A ticket that changes during paging moves to the front,
   * so it is never shown twice.
   * @throws Problem `invalid` with the pointer `cursor`
   */
  async execute({ actor, filter, limit, cursor }: ListTicketsInput): Promise<Page<StoredTicket>> {
    const after = decodePosition(cursor, 'string');
    const query = this.dataSource.manager
      .createQueryBuilder(TicketEntity, 'ticket')
      .where(onPrimary('ticket'));
    if (!actor.roles.has('agent') && !actor.roles.has('admin'))
      query.andWhere('ticket.requesterId = :actor', { actor: actor.id });
    narrow(query, actor.id, filter);
    if (after) query.andWhere('(ticket.updatedAt, ticket.id) < (:time, :id)', after);
    query
      .orderBy('ticket.updatedAt', 'DESC')
      .addOrderBy('ticket.id', 'DESC')
      .limit(limit + 1);
    return toPage(
      await query.getMany(),
      limit,
      ({ updatedAt, id }) => [updatedAt.getTime(), id],
      toTicket,
    );
  }
}

function narrow(
  query: SelectQueryBuilder<TicketEntity>,
  me: string,
  { status, assignee, home }: ListTicketsInput['filter'],
): void {
  if (status !== undefined) query.andWhere('ticket.status = :status', { status });
  if (assignee === 'me') query.andWhere('ticket.assigneeId = :me', { me });
  if (assignee === 'none') query.andWhere('ticket.assigneeId IS NULL');
  if (home !== undefined) query.andWhere('ticket.home = :home', { home });
}
