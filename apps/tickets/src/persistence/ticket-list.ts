import { type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { type TicketStatus } from '#contracts';
import { type PagePosition } from '#paging';
import { onPrimary } from '#postgres';
import { type StoredTicket } from '../domain/ticket.js';
import { TicketEntity } from './ticket.entity.js';
import { toTicket } from './ticket-mapping.js';

/** Which tickets; all of them where nothing is said. */
interface TicketFilter {
  readonly requesterId?: string | undefined;
  readonly status?: TicketStatus | undefined;
  /** Null for those of nobody. */
  readonly assigneeId?: string | null | undefined;
  readonly home?: string | undefined;
}

/** Newest change first. @param after where the last ticket already seen stands */
export async function ticketsAfter(
  manager: EntityManager,
  filter: TicketFilter,
  after: PagePosition | undefined,
  limit: number,
): Promise<StoredTicket[]> {
  const query = manager.createQueryBuilder(TicketEntity, 'ticket').where(onPrimary('ticket'));
  narrow(query, filter);
  if (after !== undefined) query.andWhere('(ticket.updatedAt, ticket.id) < (:time, :id)', after);
  query.orderBy('ticket.updatedAt', 'DESC').addOrderBy('ticket.id', 'DESC').limit(limit);
  return (await query.getMany()).map(toTicket);
}

function narrow(
  query: SelectQueryBuilder<TicketEntity>,
  { requesterId, status, assigneeId, home }: TicketFilter,
): void {
  if (requesterId !== undefined)
    query.andWhere('ticket.requesterId = :requesterId', { requesterId });
  if (status !== undefined) query.andWhere('ticket.status = :status', { status });
  if (typeof assigneeId === 'string')
    query.andWhere('ticket.assigneeId = :assigneeId', { assigneeId });
  if (assigneeId === null) query.andWhere('ticket.assigneeId IS NULL');
  if (home !== undefined) query.andWhere('ticket.home = :home', { home });
}
