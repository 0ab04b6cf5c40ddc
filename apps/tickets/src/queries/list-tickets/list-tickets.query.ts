import { IsIn, IsOptional, Matches } from 'class-validator';
import { StatusField, type TicketStatus } from '#contracts';
import { PageParameters } from '#http-server';
import { type Actor } from '#identity';

/** The query string of `GET /v1/tickets`. */
export class ListTicketsParameters extends PageParameters {
  @StatusField({ description: 'Only tickets with this status' })
  status?: TicketStatus;

  @IsOptional()
  @IsIn(['me', 'none'], { message: 'must be me or none' })
  assignee?: 'me' | 'none';

  @IsOptional()
  @Matches(/^[^\0]{1,512}$/u, { message: 'must be the name of a home' })
  home?: string;
}

export interface ListTickets {
  readonly actor: Actor;
  readonly filter: Pick<ListTicketsParameters, 'status' | 'assignee' | 'home'>;
  readonly limit: number;
  readonly cursor: unknown;
}
