import { IsIn, IsOptional, Matches } from 'class-validator';
import { type TicketStatus, ticketStatuses } from '#contracts';
import { type Actor } from '#identity';

/** The query string of `GET /v1/tickets`. `limit` and `cursor` have readers of their own. */
export class ListTicketsParameters {
  @IsOptional()
  @IsIn(ticketStatuses, { message: `must be one of ${ticketStatuses.join(', ')}` })
  status?: TicketStatus;

  @IsOptional()
  @IsIn(['me', 'none'], { message: 'must be me or none' })
  assignee?: 'me' | 'none';

  @IsOptional()
  @Matches(/^[^\0]{1,512}$/u, { message: 'must be the name of a home' })
  home?: string;

  @IsOptional()
  limit?: unknown;

  @IsOptional()
  cursor?: unknown;
}

export interface ListTickets {
  readonly actor: Actor;
  readonly filter: Pick<ListTicketsParameters, 'status' | 'assignee' | 'home'>;
  readonly limit: number;
  readonly cursor: unknown;
}
